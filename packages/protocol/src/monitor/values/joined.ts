import type { JoinedPlan, Reading } from "../../compile/plan.ts";
import type { Frame } from "../frame.ts";
import type { Instance } from "../instance/instance.ts";
import { JoinedText } from "../instance/joined-text.ts";
import { dropText, keepText, tellTextForgotten } from "../memory.ts";
import * as messages from "../messages.ts";
import { relatedTo } from "../place.ts";
import type { Details } from "../reporter.ts";
import { contentInDoubt, type Watch } from "../watch.ts";
import { differenceInDigits } from "./digits.ts";
import { type JsonDifference, jsonDifference } from "./json-difference.ts";

/** Takes on the next part of a joined value. */
export function addPart(watch: Watch, frame: Frame, instance: Instance, { of, at }: Reading<JoinedPlan>): void {
  const written = watch.damaged ? undefined : frame.written(watch, at);
  if (written !== undefined) {
    const known = instance.joined(of.slot);
    if (written === "") return;
    if (known?.keepsText === true) {
      if (keepsPart(watch, instance, of, known, written.length)) known.addWritten(written);
      return;
    }
  }
  const part = frame.read(watch, at);
  // What a bad event said is not known, so neither is the whole.
  if (watch.damaged || (typeof part !== "string" && watch.reporter.muted)) instance.contentDoubt = true;
  if (typeof part !== "string" || part === "") return;
  let joined = instance.joined(of.slot);
  if (joined === undefined) {
    joined = new JoinedText(of);
    instance.setJoined(of.slot, joined);
  }
  if (!joined.keepsText || keepsPart(watch, instance, of, joined, part.length)) joined.add(part);
}

/** Is there memory for so many more characters of a text? If not, all of it is let go. */
function keepsPart(watch: Watch, instance: Instance, plan: JoinedPlan, joined: JoinedText, length: number): boolean {
  if (joined.forgotten) return false;
  if (keepText(watch, instance, length)) {
    joined.kept += length;
    return true;
  }
  dropText(watch, instance, joined.kept);
  joined.forget();
  tellTextForgotten(watch, instance.kind.name, plan.name);
  return false;
}

/** Holds the joined parts against the value at `at`. */
export function checkJoinedAt(watch: Watch, frame: Frame, instance: Instance, { of, at }: Reading<JoinedPlan>): void {
  const value = frame.read(watch, at);
  if (value !== undefined) checkJoined(watch, instance, of, value, frame.path(at.text));
}

/** Checks the joined parts; `value` is undefined when the scope closes. */
export function checkJoined(watch: Watch, instance: Instance, plan: JoinedPlan, value: unknown, path: string): void {
  const joined = instance.joined(plan.slot);
  // Joined to nothing: there is nothing to compare.
  if (joined === undefined) return;
  if (joined.forgotten) tellTextForgotten(watch, instance.kind.name, plan.name);
  else if (plan.match === "equal" || plan.match === "prefix") {
    if (typeof value !== "string" || joined.begins(value, plan.match === "equal")) return;
    breach(watch, instance, plan.differs, path, () => messages.differs(plan.name, value, joined.head));
  } else checkJson(watch, instance, plan, joined, value, path);
}

function checkJson(
  watch: Watch,
  instance: Instance,
  plan: JoinedPlan,
  joined: JoinedText,
  value: unknown,
  path: string,
): void {
  let spelled: unknown;
  try {
    spelled = JSON.parse(joined.text);
  } catch {
    breach(watch, instance, plan.notJson, path, () => messages.joinedNotJson(plan.name, joined.text));
    return;
  }
  if (plan.match === "parses") return;
  const difference = jsonDifference(value, spelled) ?? inDigits(watch, joined.text, path);
  if (difference === undefined) return;
  breach(watch, instance, plan.differs, path, () => messages.jsonDiffers(plan.name, difference), difference.path);
}

function inDigits(watch: Watch, text: string, path: string): JsonDifference | undefined {
  const { data } = watch;
  return data === undefined || watch.corrected.active ? undefined : differenceInDigits(data, path, text);
}

function breach(
  watch: Watch,
  instance: Instance,
  rule: JoinedPlan["differs"],
  path: string,
  message: () => string,
  inside = "",
): void {
  const describe = (): Details => ({
    message: message(),
    path: path + inside,
    related: relatedTo(messages.related.opened(instance.kind.name), instance.opened),
  });
  if (watch.reportOnce(instance, rule, contentInDoubt(watch, instance), describe)) instance.contentDoubt = true;
}
