import { compileProtocol, type Protocol } from "../compile/compile.ts";
import { compileChecks } from "../payload/compile.ts";
import { toPointer } from "../payload/pointer.ts";
import { payloadSchemas } from "../payload/schemas.ts";
import { advice } from "./advice/advice.ts";
import { variantAdvice } from "./advice/variants.ts";
import { ProtocolError, type ProtocolErrorCode } from "./error.ts";
import { placeOf, suggestion, type Texts } from "./failure.ts";
import { isObject } from "./json.ts";
import { meaningProblems } from "./meaning/meaning.ts";
import type { Complaints, Problem } from "./problem.ts";
import { type DefinitionOptions, ownRules, remembering, variantsOf } from "./read.ts";
import { repaired } from "./repair.ts";
import { resolveDefinition } from "./resolve.ts";
import { isProtocolFile, structureProblems } from "./structure.ts";
import { parseJsonText } from "./text.ts";

/** One thing to mend in a protocol file. */
export interface DefinitionFinding {
  /** `error`: the file is refused. `advice`: it loads, but part of it does nothing, or is most likely not meant so. */
  readonly severity: "error" | "advice";
  readonly code: ProtocolErrorCode | "advice";
  readonly message: string;
  /** The right word that is nearest to a wrong one. */
  readonly suggestion?: string;
  /** JSON Pointer into the protocol file. */
  readonly pointer: string;
  /** The file that `line` and `column` are in: the protocol file, or the file of a schema that it names. */
  readonly source?: string;
  /** From 1. */
  readonly line?: number;
  /** In UTF-16 units, from 1. */
  readonly column?: number;
}

/** What there is to say about a protocol file. */
export interface DefinitionCheck {
  /** In the order of their lines; no mistake is told twice. */
  readonly findings: readonly DefinitionFinding[];
  /** Absent if there is an error. */
  readonly protocol?: Protocol;
  readonly variants: readonly string[];
  /** Rules that the file's own scopes and schemas yield, and for which it quotes no source. */
  readonly unquoted: readonly string[];
}

/** checkDefinition, once the compilers are loaded. */
export async function checkText(text: string, options: DefinitionOptions): Promise<DefinitionCheck> {
  const json = parseJsonText(options.source, text);
  const texts: Texts = { source: options.source, text: json, schemas: new Map() };
  const notes = new Notes(texts);
  for (const problem of json.repeated) notes.error(problem);
  const wrong = structureProblems(json.value);
  for (const problem of wrong) notes.error(problem);
  const definition = repaired(json.value, wrong);
  const variants = variantsOf(definition);
  const once = {
    ...options,
    readSchema: remembering(options.readSchema),
    readProtocol: remembering(options.readProtocol),
  };
  let protocol: Protocol | undefined;
  if (structureProblems(definition).length === 0) {
    protocol = await checkOne(definition, once, texts, notes, "");
    for (const variant of variants) {
      await checkOne(definition, { ...once, variant }, texts, notes, toPointer("variants", variant));
    }
    if (isObject(definition) && notes.errors === 0)
      for (const problem of variantAdvice(definition)) notes.advice(problem);
  }
  const usable = notes.errors === 0 ? protocol : undefined;
  return {
    findings: notes.findings,
    ...(usable === undefined ? {} : { protocol: usable }),
    variants,
    unquoted: usable === undefined ? [] : unquoted(usable),
  };
}

/** Reading stopped: what follows cannot be known. */
class Stopped extends Error {}

async function checkOne(
  definition: unknown,
  options: DefinitionOptions,
  texts: Texts,
  notes: Notes,
  within: string,
): Promise<Protocol | undefined> {
  let errors = 0;
  const note = (problem: Problem): void => {
    errors += 1;
    notes.error(problem, within);
  };
  const complaints: Complaints = {
    note,
    fail: (problem) => {
      note(problem);
      throw new Stopped();
    },
  };
  try {
    const file = await resolveDefinition(definition, options, texts.schemas, complaints);
    for (const problem of structureProblems(file)) note(problem);
    if (!isProtocolFile(file)) return undefined;
    for (const problem of meaningProblems(file, ownRules(definition, options.variant))) note(problem);
    const checks = compileChecks(payloadSchemas(file), note);
    // What a mistake leaves of a protocol would only be refused once more.
    if (errors > 0) return undefined;
    const protocol = compileProtocol(file, checks);
    for (const problem of advice(file)) notes.advice(problem, within);
    return protocol;
  } catch (error) {
    if (error instanceof ProtocolError && error.pointer !== undefined)
      note({ code: error.code, pointer: error.pointer, message: error.message });
    else if (!(error instanceof Stopped)) throw error;
    return undefined;
  }
}

/** Collects what is found, each mistake once: a variant has all the mistakes of its base. */
class Notes {
  errors = 0;
  readonly #texts: Texts;
  readonly #known = new Map<string, DefinitionFinding>();

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  get findings(): readonly DefinitionFinding[] {
    return [...this.#known.values()].toSorted(byPlace);
  }

  /** `within`: where the variant is that has the problem. */
  error(problem: Problem, within = ""): void {
    if (this.#add(problem, "error", within)) this.errors += 1;
  }

  advice(problem: Problem, within = ""): void {
    this.#add(problem, "advice", within);
  }

  #add(problem: Problem, severity: DefinitionFinding["severity"], within: string): boolean {
    const key = `${problem.pointer}\n${problem.message}`;
    if (this.#known.has(key)) return false;
    const pointer = this.#pointerOf(problem.pointer, within);
    const { source, place } = placeOf({ ...problem, pointer }, this.#texts);
    const nearest = suggestion(problem);
    const inVariant = within === "" ? "" : `in the variant ${JSON.stringify(within.slice("/variants/".length))}: `;
    this.#known.set(key, {
      severity,
      code: severity === "advice" ? "advice" : (problem.code ?? "bad-definition"),
      message: inVariant + problem.message,
      ...(nearest === undefined ? {} : { suggestion: nearest }),
      pointer,
      ...(source === undefined ? {} : { source }),
      ...place,
    });
    return true;
  }

  /** What a variant changes is in the variant, the rest in the base. */
  #pointerOf(pointer: string, within: string): string {
    const { text } = this.#texts;
    if (within === "") return pointer;
    if (text?.valueAt(within + pointer) !== undefined || text?.valueAt(pointer) === undefined) return within + pointer;
    return pointer;
  }
}

function byPlace(left: DefinitionFinding, right: DefinitionFinding): number {
  const files = (left.source ?? "") === (right.source ?? "") ? 0 : 1;
  if (files !== 0) return (left.source ?? "") < (right.source ?? "") ? -1 : 1;
  return (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0);
}

/** The rules of framing, exchange and truncation are the same for all protocols: nobody's page has words for them. */
function unquoted({ rules }: Protocol): readonly string[] {
  const own = rules.filter(({ id, severity }) => severity !== "off" && !/^(?:sse|stream|http|timing)\//.test(id));
  return own.filter(({ source }) => source === undefined).map(({ id }) => id);
}
