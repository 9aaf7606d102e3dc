import type { Kind } from "../../compile/kinds.ts";
import { covers } from "../../compile/pattern.ts";
import { toPointer } from "../../payload/pointer.ts";
import { patternUses } from "../meaning/pattern-uses.ts";
import { list } from "../meaning/patterns.ts";
import type { Problem } from "../problem.ts";
import type { ProtocolFile } from "../protocol-file.ts";
import { anyCovers, innerOf, quote, type ScopeView, scopesOf } from "./scope-view.ts";

/** Constructs of which one makes the other empty, or a right stream impossible. */
export function* contradictions(file: ProtocolFile): Generator<Problem> {
  const scopes = scopesOf(file);
  if (file.name === "none" && list(file.type).every((candidate) => candidate === "event")) {
    yield { pointer: "/name", message: "`name` forbids the `event:` line, but `type` is read from nowhere else" };
  }
  for (const scope of scopes) {
    const pointer = toPointer("scopes", scope.name);
    if (scope.definition.exclusive === true && !scope.kinds.some((kind) => kind.close.length + kind.abort.length > 0)) {
      const message = `nothing closes a ${scope.name}, so with \`exclusive\` there can never be a second one`;
      yield { pointer: `${pointer}/exclusive`, onKey: true, message };
    }
    for (const kind of scope.kinds) yield* inKind(kind);
    yield* lateClose(file, scope);
    yield* openedAtTheEnd(scopes, scope);
  }
  yield* literalsRead(file);
}

function* inKind(kind: Kind): Generator<Problem> {
  const pointer = toPointer(...kind.path);
  const inner = innerOf(kind);
  for (const { pattern, times } of kind.steps.flat()) {
    if (times === "any" || kind.close.length === 0 || !kind.close.every((close) => covers(pattern, close))) continue;
    yield {
      pointer: `${pointer}/inner`,
      onKey: true,
      message: `${quote(pattern.text)} closes a ${kind.name}, so it comes once anyway: \`${times}\` says nothing`,
    };
  }
  for (const [index, pattern] of inner.entries()) {
    if (inner.findIndex(({ text }) => text === pattern.text) === index) continue;
    yield {
      pointer: `${pointer}/inner`,
      onKey: true,
      message: `${quote(pattern.text)} stands in two steps, and only the first of them counts`,
    };
  }
  for (const close of kind.close) {
    if (!kind.abort.some(({ text }) => text === close.text)) continue;
    yield {
      pointer: `${pointer}/abort`,
      onKey: true,
      message: `${quote(close.text)} both closes a ${kind.name} in order and aborts it`,
    };
  }
}

/** What can only come when the stream has ended cannot close anything in it. */
function* lateClose(file: ProtocolFile, { name, definition, kinds }: ScopeView): Generator<Problem> {
  if (definition.in === undefined) return;
  if (definition.mustClose !== undefined && kinds.every((kind) => kind.close.length === 0)) {
    const message = `nothing closes a ${name}, so \`mustClose\` says nothing: it ends with its ${definition.in}`;
    yield { pointer: toPointer("scopes", name, "mustClose"), onKey: true, message };
  }
  const after = new Set(
    [...patternUses(file)]
      .filter(({ pointer }) => /^\/scopes\/[^/]*\/after/.test(pointer))
      .map(({ pattern }) => pattern),
  );
  for (const kind of kinds) {
    if (kind.close.length === 0 || !kind.close.every(({ text }) => after.has(text))) continue;
    const message = `what closes a ${kind.name} comes only after the end of the stream, so it is never closed in time`;
    yield { pointer: toPointer(...kind.path, "close"), message };
  }
}

/** An event that opens a scope and closes its parent leaves no time to close the scope. */
function* openedAtTheEnd(scopes: readonly ScopeView[], scope: ScopeView): Generator<Problem> {
  const parent = scopes.find(({ name }) => name === scope.definition.in);
  if (parent === undefined) return;
  const closing = parent.kinds.flatMap((kind) => kind.close);
  for (const kind of scope.kinds) {
    if (kind.close.length === 0 || kind.mustClose === false) continue;
    for (const open of kind.open) {
      if (!anyCovers(closing, open) || anyCovers([...kind.close, ...kind.abort], open)) continue;
      const message = `${quote(open.text)} opens a ${kind.name} and closes the ${parent.name} that it is in, so it can never be closed`;
      yield { pointer: toPointer(...kind.path, "open"), message };
    }
  }
}

/** A literal has no data to read from. */
function* literalsRead(file: ProtocolFile): Generator<Problem> {
  for (const { pattern, pointer, onKey } of patternUses(file)) {
    if (!/\/(?:key|constant|counters|joined)(?:\/|$)/.test(pointer) || !onKey) continue;
    if (file.events[pattern]?.literal === undefined) continue;
    yield { pointer, onKey, message: `${quote(pattern)} is a literal: it has no data to read from` };
  }
}
