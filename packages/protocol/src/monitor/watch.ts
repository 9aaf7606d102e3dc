import type { Location } from "@ssert/report";
import type { WireEvent } from "@ssert/wire";
import type { ProtocolPlan } from "../compile/plan.ts";
import type { RuleInfo } from "../rules.ts";
import { boundedName } from "./event/own-text.ts";
import { WrongPlaces } from "./event/wrong-places.ts";
import type { Instance } from "./instance/instance.ts";
import type { MonitorLimits } from "./limits.ts";
import type { Place } from "./place.ts";
import type { Details, Reporter } from "./reporter.ts";

/** What every part of the monitor works on: the event at hand, and what is known and not known of the stream. */
export class Watch {
  readonly plan: ProtocolPlan;
  readonly reporter: Reporter;
  readonly limits: MonitorLimits;
  /** Openings so far. */
  births = 0;
  /** Events whose type could not be read: each may have been anything. */
  losses = 0;
  /** Whatever was opened up to this opening may have missed an event. */
  contentDoubt = 0;
  /** Open instances, and closed keys remembered. */
  openInstances = 0;
  closedKeys = 0;
  /** The bytes of the event at hand were not UTF-8: what it says may differ from what was sent. */
  damaged = false;
  /** The data of the event at hand keeps every schema of its type. */
  fits = false;
  /** Characters kept for open instances. */
  text = 0;
  /** A constant of the event at hand was wrong; elsewhere the event is read as if it had this value there. */
  readonly corrected: { pointer: string; value: unknown; wrong: unknown; active: boolean } = {
    pointer: "",
    value: undefined,
    wrong: undefined,
    active: false,
  };

  /** The latest instance that the event at hand has opened in a child scope, and whether it may have been a stray. */
  openedNow: Instance | undefined;
  stray = false;
  /** Of the event at hand, as far as its rule is an error. */
  readonly wrong: WrongPlaces = new WrongPlaces();
  /** Errors before the event at hand. */
  errorsBefore = 0;

  /** `event/name` has been reported. */
  nameReported = false;
  /** Scopes and joined values of which it has been said that not everything fits the memory. */
  readonly forgotten: Set<string> = new Set();
  #event: WireEvent | undefined;
  #type: string | null = null;
  #place: Place | undefined;

  constructor(plan: ProtocolPlan, reporter: Reporter, limits: MonitorLimits) {
    this.plan = plan;
    this.reporter = reporter;
    this.limits = limits;
  }

  begin(event: WireEvent): void {
    this.#event = event;
    this.#type = event.type ?? null;
    this.#place = undefined;
    this.fits = false;
    this.reporter.muted = false;
    this.corrected.active = false;
    this.openedNow = undefined;
    this.stray = false;
    this.wrong.clear();
    this.errorsBefore = this.reporter.errors;
  }

  /** The protocol's name for the event at hand. */
  nameEvent(type: string): void {
    this.#type = type;
  }

  /** Lets go of the event, so that nothing keeps its bytes. */
  finish(): void {
    this.#event = undefined;
    this.#place = undefined;
    this.damaged = false;
  }

  /** The text of the event at hand's data. */
  get data(): string | undefined {
    return this.#event?.data;
  }

  beginEnd(location: Location): void {
    this.#place = { event: undefined, location };
    this.reporter.muted = false;
  }

  /** Where the event at hand is; asked for only when something is to be remembered or reported. */
  readonly place = (): Place => {
    this.#place ??= this.#makePlace();
    return this.#place;
  };

  #makePlace(): Place {
    if (this.#event === undefined) return { event: undefined, location: { offset: 0, line: 1, column: 1 } };
    const type = this.#type === null ? null : boundedName(this.#type);
    return { event: { number: this.#event.number, type }, location: this.#event.location() };
  }

  /** True if the rule is an error: see Reporter. */
  report(rule: RuleInfo, doubtful: boolean, describe: () => Details): boolean {
    return this.reporter.report(rule, doubtful, this.place, describe);
  }

  /** Reports a rule at most once an instance. */
  reportOnce(instance: Instance, rule: RuleInfo, doubtful: boolean, describe: () => Details): boolean {
    const given = this.reporter.muted || doubtful || !instance.firstReport(rule.id);
    return this.report(rule, given, describe);
  }

  /** Counts a breach that an earlier fault explains. */
  hold(rule: RuleInfo): void {
    if (rule.severity !== "off") this.reporter.heldBack += 1;
  }

  /** An event was lost: it may have opened, gone on with or closed anything. */
  lose(): void {
    this.losses += 1;
    this.contentDoubt = this.births;
  }
}

/** Are steps and joins of the instance not to be judged? */
export function contentInDoubt(watch: Watch, instance: Instance): boolean {
  return (
    instance.phantom ||
    instance.contentDoubt ||
    instance.born <= instance.bay.contentDoubt ||
    instance.born <= watch.contentDoubt ||
    identityInDoubt(instance)
  );
}

/** Is it unknown whether the instance should have been closed? */
export function closingInDoubt(instance: Instance): boolean {
  return (
    instance.phantom || instance.closingDoubt || instance.born <= instance.bay.closingDoubt || identityInDoubt(instance)
  );
}

/** Is it unknown which events belong to the instance, or to what it is in? */
export function identityInDoubt(instance: Instance): boolean {
  for (let at: Instance | undefined = instance; at !== undefined; at = at.parent) {
    if (at.identityDoubt || at.born <= at.bay.identityDoubt) return true;
    if (at.parent !== undefined && at.born <= at.parent.childrenDoubt) return true;
  }
  return false;
}
