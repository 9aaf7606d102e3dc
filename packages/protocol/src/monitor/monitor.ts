import type { Location } from "@ssert/report";
import type { FramingNote, WireEvent } from "@ssert/wire";
import type { Protocol, ProtocolEvent } from "../compile/compile.ts";
import { valueAt } from "../compile/place.ts";
import type { PartPlan, ProtocolPlan, Role } from "../compile/plan.ts";
import { reportNote } from "./event/framing.ts";
import { checkEnvelope, checkPayload, reportUntyped } from "./event/one-event.ts";
import { Typing } from "./event/typing.ts";
import { Frame } from "./frame.ts";
import { Gate } from "./gate.ts";
import { type IncomingEvent, placeOrNowhere } from "./incoming.ts";
import type { Instance } from "./instance/instance.ts";
import { limitsOf, type MemoryOptions, type MonitorLimits } from "./limits.ts";
import type { Reporter } from "./reporter.ts";
import { Run } from "./run.ts";
import { attend, goOn } from "./scope/attend.ts";
import { close, end, leave } from "./scope/closing.ts";
import { doubtAnySubtype, unreadSubtype } from "./scope/unread-subtype.ts";
import { endStream } from "./stream-end.ts";
import { Watch } from "./watch.ts";

/*
 * What an event does, in this order:
 *
 * 1. `note`: findings about framing. `event`: its data and type are read (typing.ts).
 * 2. The gate (gate.ts): has the stream's scope ended, or not begun?
 * 3. Envelope and payload (one-event.ts).
 * 4. Every scope that the type concerns, parents first (attend.ts): key (key.ts) → instance → opening (opening.ts), step
 *    (steps.ts) or orphan (orphan.ts, wrong-kind.ts); then constants, counters and joined values of that instance.
 * 5. Its parts, each through 3 to 6.
 * 6. Closing and aborting, children first (closing.ts).
 *
 * Which scopes a type concerns was worked out when the protocol was compiled, so the work an event is constant. One fault is
 * one error: reporter.ts mutes the rest of an event; watch.ts tells what is in doubt; bay.ts counts what is excused.
 */

/** Watches one stream, event by event. */
export interface Monitor<Event = IncomingEvent> {
  event(event: Event): void;
  /** What a decoder of `@ssert/wire` notes about framing; other parsers have nothing like it. */
  note(note: FramingNote): void;
  /** The stream is over; `at` is the end of input, where it is known. */
  end(at?: Location): void;
  /** Reported so far, beyond the cap included. */
  readonly errors: number;
  /** Findings that followed from a reported fault, and those beyond the cap. */
  readonly heldBack: number;
  /** The terminal event has come, and what must follow it: nothing more is expected. */
  readonly ended: boolean;
  /** `stream/truncated` was reported, as an error. */
  readonly truncated: boolean;
}

/** An event that can be read; `fits` says whether its data keeps every schema of its type. */
type OnRead = (event: ProtocolEvent, fits: boolean) => void;

/** The monitor of a stream whose events have places, with a reporter that others use too. */
export function monitorWith(
  protocol: Protocol,
  reporter: Reporter,
  options: MemoryOptions = {},
  onRead?: OnRead,
): Monitor<WireEvent> {
  return new StreamMonitor(protocol.plan, reporter, limitsOf(options), onRead);
}

class StreamMonitor implements Monitor<WireEvent> {
  truncated = false;
  readonly #plan: ProtocolPlan;
  readonly #watch: Watch;
  readonly #gate: Gate;
  readonly #frames: readonly Frame[];
  readonly #typing: Typing;
  readonly #onRead: OnRead | undefined;
  readonly #run = new Run();
  /** The `event:` line alone says the type, wherever there is one, and nobody wants to see every event. */
  readonly #mayRun: boolean;

  constructor(plan: ProtocolPlan, reporter: Reporter, limits: MonitorLimits, onRead: OnRead | undefined) {
    this.#onRead = onRead;
    this.#plan = plan;
    this.#watch = new Watch(plan, reporter, limits);
    this.#gate = new Gate(this.#watch);
    this.#typing = new Typing(plan);
    this.#mayRun = onRead === undefined && plan.candidates[0]?.by === "event" && plan.literals.length === 0;
    const { entry } = this.#typing;
    const frames: Frame[] = [];
    for (let level = 0; level < plan.depth; level += 1) {
      frames.push(new Frame(entry, plan.scopes.length, frames[level - 1]));
    }
    this.#frames = frames;
  }

  get errors(): number {
    return this.#watch.reporter.errors;
  }

  get heldBack(): number {
    return this.#watch.reporter.heldBack;
  }

  get ended(): boolean {
    return this.#gate.ended && this.#gate.awaited.length === 0;
  }

  note(note: FramingNote): void {
    const rule = this.#plan.rules.rule(`sse/${note.kind}`);
    reportNote(this.#watch.reporter, rule, note);
    if (note.kind === "invalid-utf8" && rule.severity === "error" && note.event !== undefined)
      this.#watch.damaged = true;
  }

  event(event: WireEvent): void {
    const watch = this.#watch;
    if (this.#run.has(event.type) && this.#run.proves(this.#typing.data.shapeOf(event.data))) {
      watch.damaged = false;
      return;
    }
    const { said } = watch.reporter;
    this.#run.end();
    watch.begin(event);
    this.#typing.read(event);
    const frame = this.#handle(event, this.#typing);
    const { name } = this.#typing;
    if (name !== undefined) this.#onRead?.(this.#eventRead(event), watch.fits);
    if (frame !== undefined && watch.reporter.said === said && this.#mayRun) this.#run.begin(event.type, frame);
    this.#typing.data.clear();
    watch.finish();
  }

  /** The event at hand, when all has been said of it. */
  #eventRead(event: WireEvent): ProtocolEvent {
    const { name: type = "", entry, data: read } = this.#typing;
    const data = entry.literal === undefined ? read.value : event.data;
    if (entry.subtype === undefined) return { type, data };
    const subtype = this.#frames[0]?.subtype;
    return { type, subtype: subtype !== undefined && entry.subtypes.has(subtype) ? subtype : null, data };
  }

  /** The event's frame, if it came to its scopes. */
  #handle(event: WireEvent, typed: Typing): Frame | undefined {
    const watch = this.#watch;
    const [frame] = this.#frames;
    if (frame === undefined) return undefined;
    if (typed.name === undefined) {
      this.#handleUntyped(event, typed, frame);
      return undefined;
    }
    watch.nameEvent(typed.name);
    frame.becomeEvent(typed.name, typed.entry, typed.data);
    const role = frame.plan.stream;
    if (typed.entry.after !== undefined && this.#gate.follows(typed.entry.after)) {
      checkEnvelope(watch, event, typed, typed.name);
      checkPayload(watch, frame, event.data);
      return undefined;
    }
    if (!this.#gate.admits(role, frame.label)) return undefined;
    checkEnvelope(watch, event, typed, typed.name);
    const opened = this.#gate.enter(role, frame, frame.label);
    if (this.#gate.stream === undefined) return undefined;
    const { shape } = typed.data;
    if (shape === undefined || !frame.plan.proven.includes(shape)) checkPayload(watch, frame, event.data);
    if (watch.wrong.some) unreadSubtype(watch, frame);
    if (frame.plan.looksBack) frame.located.fill(undefined);
    frame.located[this.#plan.stream.index] = this.#gate.stream;
    if (role !== undefined) this.#inStream(frame, role, this.#gate.stream, opened);
    this.#handleFrame(frame, 0);
    return frame;
  }

  #handleUntyped(event: WireEvent, typed: Typing, frame: Frame): void {
    const watch = this.#watch;
    const label = event.type ?? event.data;
    if (!this.#gate.admits(undefined, label)) return;
    const error = reportUntyped(watch, event, typed);
    this.#gate.enter(undefined, frame, label);
    if (error) watch.lose();
  }

  #inStream(frame: Frame, role: Role, stream: Instance, opened: boolean): void {
    const part = role.kinds[stream.kind.index];
    if (part !== undefined) goOn(this.#watch, frame, stream, part, opened);
  }

  /** Steps 4 to 6 for an event or a part whose place in the stream's scope is known. */
  #handleFrame(frame: Frame, level: number): void {
    const { roles, parts } = frame.plan;
    for (const role of roles) attend(this.#watch, frame, role);
    if (frame.subtypeUnreadable) doubtAnySubtype(this.#watch, frame);
    for (const part of parts) this.#handleParts(frame, part, level + 1);
    // Its subtype may be in a part, and only there be found wrong.
    if (this.#watch.wrong.some && parts.length > 0 && !frame.subtypeUnreadable) {
      unreadSubtype(this.#watch, frame);
      if (frame.subtypeUnreadable) doubtAnySubtype(this.#watch, frame);
    }
    for (const role of frame.plan.closing) {
      if (role.scope.parent !== undefined) leave(this.#watch, frame, role);
      else this.#leaveStream(frame, role);
    }
  }

  #handleParts(above: Frame, part: PartPlan, level: number): void {
    const value = valueAt(above.data, part.pointer);
    const { wrong } = this.#watch;
    // An object where its schema wants a list is no part: the parts that were meant are lost.
    const unfit = wrong.some && !Array.isArray(value) && wrong.has(above.path(part.pointer.text));
    if (typeof value !== "object" || value === null || unfit) {
      // A bad event may have lost parts, whatever they were.
      if (this.#watch.reporter.muted) this.#watch.lose();
    } else if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) this.#handlePart(above, part, value[index], index, level);
    } else this.#handlePart(above, part, value, undefined, level);
  }

  #handlePart(above: Frame, part: PartPlan, data: unknown, index: number | undefined, level: number): void {
    const frame = this.#frames[level];
    if (frame === undefined) return;
    frame.part = part;
    frame.index = index;
    frame.becomePart(part.name, part.entry(), data);
    for (let scope = 0; scope < above.located.length; scope += 1) frame.located[scope] = above.located[scope];
    checkPayload(this.#watch, frame, undefined);
    if (this.#watch.wrong.some) unreadSubtype(this.#watch, frame);
    const { stream } = frame.plan;
    if (stream !== undefined && this.#gate.stream !== undefined)
      this.#inStream(frame, stream, this.#gate.stream, false);
    this.#handleFrame(frame, level);
  }

  #leaveStream(frame: Frame, role: Role): void {
    const { stream } = this.#gate;
    if (stream === undefined) return;
    const part = role.kinds[stream.kind.index];
    const closes = stream.anyKind ? role.closes : part?.closes === true;
    if (closes) close(this.#watch, frame.label, stream);
    else if (stream.anyKind ? role.aborts : part?.aborts === true) end(this.#watch, stream, false);
    else return;
    this.#gate.end();
  }

  end(at?: Location): void {
    this.#watch.beginEnd(placeOrNowhere(at));
    this.truncated = endStream(this.#watch, this.#gate);
  }
}
