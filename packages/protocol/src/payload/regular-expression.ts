import { isSafePattern } from "redos-detector";

/** A regular expression of a schema that could keep a check busy for ever. */
export class SlowPattern extends Error {
  override readonly name = "SlowPattern";
  readonly pattern: string;

  constructor(pattern: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.pattern = pattern;
  }
}

/**
 * How many steps the search for backtracking may take. Patterns for dates, UUIDs, base64 and the like take a few hundred and
 * 1 to 5 ms; what needs more is refused, so that a hostile pattern cannot hold up the reading of a file either.
 */
const MOST_STEPS = 5_000;

/**
 * `new RegExp` for patterns in schemas. JavaScript's engine backtracks: where two ways through a pattern match the same text,
 * a stream could send a string that takes quadratic (`\s+$`) or exponential time (`^(a+)+$`). Such a pattern is refused; what
 * is left takes time in proportion to the string. Throws a SlowPattern, or the engine's SyntaxError.
 */
export const safeRegExp: { (pattern: string, flags: string): RegExp; readonly code: string } = Object.assign(
  (pattern: string, flags: string): RegExp => {
    const compiled = new RegExp(pattern, flags);
    const { safe, error } = judge(pattern, flags.includes("u"));
    if (!safe) throw new SlowPattern(pattern, advice(pattern, error));
    return compiled;
  },
  // Ajv asks for the source of what makes the expression.
  { code: "new RegExp" },
);

function judge(pattern: string, unicode: boolean): { readonly safe: boolean; readonly error: string | null } {
  try {
    return isSafePattern(pattern, { unicode, maxSteps: MOST_STEPS, timeout: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw new SlowPattern(pattern, `the pattern ${JSON.stringify(pattern)} cannot be proved fast`, { cause });
  }
}

function advice(pattern: string, error: string | null): string {
  const why = error === "hitMaxSteps" ? "cannot be proved fast" : "may backtrack for ever on a long string";
  const how = pattern.startsWith("^")
    ? "let no two neighbours match the same letters, or bound them, as in {1,64}"
    : "begin it with ^, or bound what repeats, as in {1,64}";
  return `the pattern ${JSON.stringify(pattern)} ${why}: ${how}`;
}
