import { describe, expect, it } from "vitest";
import {
  builtinProtocol,
  createStreamCheck,
  type Protocol,
  type RuleSeverity,
  withSeverities,
} from "../../src/index.ts";

const pokee = builtinProtocol("pokee");
const event = (type: string, data: unknown): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
const created = event("message.created", { id: "m", session_id: "s", status: "in_progress" });

function changed(severities: Readonly<Record<string, RuleSeverity>>): Protocol {
  if (pokee === undefined) throw new Error("pokee is built in");
  return withSeverities(pokee, new Map(Object.entries(severities)));
}

function findings(protocol: Protocol | undefined, text: string): readonly string[] {
  const check = createStreamCheck({ protocol });
  check.push(new TextEncoder().encode(text));
  return check.end().findings.map(({ rule, severity }) => `${severity} ${rule}`);
}

describe("a protocol with other severities", () => {
  const twoFaults = `${created + event("text.stop", {})}id: 1\n${event("message.completed", { id: "x", status: "completed", usage: {} })}`;

  it("finds the same, and says how severe it is here", () => {
    expect(findings(pokee, twoFaults)).toEqual(["error block/not-open", "warning sse/id", "error message/id-changed"]);
    expect(findings(changed({ "block/not-open": "warning", "sse/id": "error" }), twoFaults)).toEqual([
      ...["warning block/not-open", "error sse/id", "error message/id-changed"],
    ]);
    expect(findings(changed({ "block/not-open": "off" }), twoFaults)).toEqual([
      "warning sse/id",
      "error message/id-changed",
    ]);
  });

  it("turns rules on that were off", () => {
    expect(findings(changed({ "sse/unknown-field": "warning" }), `x: 1\n${created}`)).toContain(
      "warning sse/unknown-field",
    );
  });

  it("keeps its name, its sources, and what it says of other rules", () => {
    const other = changed({ "block/not-open": "warning", "no/such-rule": "off" });
    expect(other.id).toBe(pokee?.id);
    expect(other.rules.filter(({ id }) => id !== "block/not-open")).toEqual(
      pokee?.rules.filter(({ id }) => id !== "block/not-open"),
    );
    expect(other.rules.find(({ id }) => id === "block/not-open")).toEqual({
      ...pokee?.rules.find(({ id }) => id === "block/not-open"),
      severity: "warning",
    });
  });

  it("is the same one where nothing changes", () => {
    expect(changed({ "block/not-open": "error", "no/such-rule": "off" })).toBe(pokee);
  });
});
