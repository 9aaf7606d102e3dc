import type { Gate } from "./gate.ts";
import type { Instance } from "./instance/instance.ts";
import * as messages from "./messages.ts";
import { close } from "./scope/closing.ts";
import type { Watch } from "./watch.ts";

/**
 * The input is over: a stream that needs no terminal event ends in order, any other that is not complete is truncated. True if
 * that is an error.
 */
export function endStream(watch: Watch, { stream, ended, awaited }: Gate): boolean {
  if (ended && awaited.length === 0) return false;
  const { plan } = watch;
  const endless = plan.stream.kinds.some((kind) => kind.close.length === 0) && stream?.kind.close.length === 0;
  if (endless && stream !== undefined) {
    close(watch, "the end of the stream", stream);
    return false;
  }
  if (watch.reporter.errors > 0) return false;
  const rule = plan.rules.rule("stream/truncated");
  const message =
    awaited.length > 0
      ? messages.lacksAfter(awaited.map(({ shown }) => shown))
      : stream === undefined
        ? messages.neverBegan(messages.opensOf(plan.stream.kinds))
        : messages.truncated([stream, ...openIn(stream)]);
  watch.reporter.reportAside(rule, watch.place(), () => ({ message }));
  return rule.severity === "error";
}

/** What is open in an instance, outermost first. */
function openIn(instance: Instance): readonly Instance[] {
  const children = instance.scope.children.flatMap((scope) => instance.knownBay(scope)?.open() ?? []);
  return children.flatMap((child) => [child, ...openIn(child)]);
}
