import type { StreamResult } from "@ssert/protocol";
import { type Answers, noAnswers } from "./answers.ts";
import { emptyShape, type Shape } from "./shape.ts";
import type { Values } from "./values.ts";

/** Consecutive events of one kind. */
interface Run {
  readonly label: string;
  count: number;
}

/** All events of one kind. */
export interface LabelOutline {
  count: number;
  readonly shape: Shape;
  readonly values: Values | undefined;
}

/** What is kept of one recording or of several: enough to compare them, and bounded. */
export interface Outline {
  /** Event streams; other recordings are only among the answers. */
  streams: number;
  events: number;
  readonly labels: Map<string, LabelOutline>;
  /** Kinds of events that directly follow one another, as `succession` names them, with how often. */
  readonly successions: Map<string, number>;
  /** In order, of the first stream. */
  readonly runs: Run[];
  /** Of streams, and of tapes of something else, whose bodies are not looked at. */
  readonly answers: Answers;
  /** Of responses that are streams, as all that follows. */
  readonly headers: Set<string>;
  /** How the recordings ended, in the tape's words. */
  readonly ends: Map<string, number>;
  readonly verdicts: Map<StreamResult["verdict"], number>;
  /** Rules of errors, with the first place of each: the kind of event and the path in its data. */
  readonly rules: Map<string, string>;
  /** Milliseconds, of streams and chunks whose times are known. */
  readonly times: { readonly first: number[]; readonly total: number[]; readonly gaps: number[] };
  /** Something exceeded what is kept. */
  capped: boolean;
}

/** Measurements kept of one kind; medians of more would say the same. */
export const MAX_SAMPLES = 100_000;
/** Runs kept of a stream: the longest recording at hand has 1,204. */
export const MAX_RUNS = 20_000;
/** Kinds of events; names come from data. */
const MAX_LABELS = 1_000;

export const BEGINNING = "the beginning";
export const END = "the end";

export function emptyOutline(): Outline {
  return {
    streams: 0,
    events: 0,
    labels: new Map(),
    successions: new Map(),
    runs: [],
    answers: noAnswers(),
    headers: new Set(),
    ends: new Map(),
    verdicts: new Map(),
    rules: new Map(),
    times: { first: [], total: [], gaps: [] },
    capped: false,
  };
}

export function labelOutline(outline: Outline, label: string, values: Values | undefined): LabelOutline | undefined {
  const known = outline.labels.get(label);
  if (known !== undefined) return known;
  if (outline.labels.size === MAX_LABELS) {
    outline.capped = true;
    return undefined;
  }
  const created = { count: 0, shape: emptyShape(), values };
  outline.labels.set(label, created);
  return created;
}

/** Two kinds of events, one directly after the other, as one key. */
export function succession(before: string, after: string): string {
  return JSON.stringify([before, after]);
}

export function readSuccession(key: string): readonly [before: string, after: string] {
  const [before, after]: [string, string] = JSON.parse(key);
  return [before, after];
}
