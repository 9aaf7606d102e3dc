import type { Protocol } from "../../compile/compile.ts";
import { matches, OTHER, type Pattern, parsePattern, type Variant } from "../../compile/pattern.ts";
import type { TypeCandidate } from "../../definition/protocol-file.ts";
import { pointerTokens } from "../../payload/pointer.ts";
import { patternsWithPayload } from "./document.ts";

/** The members of the union of a protocol's events, as TypeScript. `payloads` is the name of the interface of payloads. */
export function eventMembers(protocol: Protocol, payloads: string): readonly string[] {
  const union = new Union(protocol, payloads);
  const patterns = Object.keys(protocol.definition.events).map(parsePattern);
  const names = new Set(patterns.filter(({ prefix }) => !prefix).map(({ name }) => name));
  return [
    ...[...names].flatMap((name) => union.members(name)),
    ...patterns.filter(({ prefix }) => prefix).map((pattern) => union.prefixMember(pattern)),
  ];
}

class Union {
  readonly #protocol: Protocol;
  readonly #payloads: string;
  readonly #patterns: readonly Pattern[];
  readonly #candidates: readonly TypeCandidate[];

  constructor(protocol: Protocol, payloads: string) {
    this.#protocol = protocol;
    this.#payloads = payloads;
    this.#patterns = patternsWithPayload(protocol.definition);
    this.#candidates = [protocol.definition.type].flat();
  }

  /** One type: a member, or one a subtype and one for all others. */
  members(name: string): readonly string[] {
    const { literal, subtype, subtypes } = this.#protocol.plan.types.find(name);
    if (literal !== undefined) return [member(quote(name), undefined, quote(literal))];
    if (!this.#canBeEvent(name)) return [];
    const plain = { name, subtype: undefined };
    if (subtype === undefined) return [member(quote(name), undefined, this.#data(plain, []))];
    const pointer = pointerTokens(subtype.text);
    const own = [...subtypes.keys()].map((value) => {
      const said = isText(value) ? [nested(pointer, quote(value))] : [];
      return member(quote(name), quote(value), this.#data({ name, subtype: value }, said));
    });
    // Matched by what has no subtype and by what has one that nobody names.
    const other: Variant = this.#patterns.some((pattern) => matches(pattern, plain)) ? plain : { name, subtype: OTHER };
    return [...own, member(quote(name), "null", this.#data(other, []))];
  }

  prefixMember({ name }: Pattern): string {
    const type = name === "" ? "string" : `\`${name.replaceAll(/[`\\$]/g, "\\$&")}\${string}\``;
    return member(type, undefined, this.#data({ name: `${name}\0`, subtype: undefined }, []));
  }

  /** All schemas that an event must satisfy, and the type where the data has it. */
  #data(variant: Variant, said: readonly string[]): string {
    const types = this.#patterns
      .filter((pattern) => matches(pattern, variant))
      .map(({ text }) => `${this.#payloads}[${quote(text)}]`);
    const all = [...this.#typeIn(variant.name), ...said, ...types];
    return types.length === 0 && said.length === 0 ? (all[0] ?? "unknown") : all.join(" & ");
  }

  #typeIn(name: string): readonly string[] {
    const [only, ...others] = this.#candidates;
    if (others.length > 0 || typeof only !== "string" || only === "event" || name.endsWith("\0")) return [];
    return [nested(pointerTokens(only), quote(name))];
  }

  /** What is only ever a part of other events is no event of its own. */
  #canBeEvent(name: string): boolean {
    return this.#candidates.some((candidate) => typeof candidate === "string" || candidate.is === name);
  }
}

function member(type: string, subtype: string | undefined, data: string): string {
  const second = subtype === undefined ? "" : ` readonly subtype: ${subtype};`;
  return `{ readonly type: ${type};${second} readonly data: ${data} }`;
}

/** A subtype is compared as text: `1` may be a number in the data. */
function isText(value: string): boolean {
  return !/^(?:true|false|-?\d.*)$/.test(value);
}

function nested([token, ...rest]: readonly string[], value: string): string {
  if (token === undefined) return value;
  return `{ ${/^[A-Za-z_$][\w$]*$/.test(token) ? token : quote(token)}: ${nested(rest, value)} }`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
