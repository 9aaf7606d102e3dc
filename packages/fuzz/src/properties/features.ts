import type { Case } from "../case/case.ts";

type Feature = (candidate: Case) => boolean;

const inText = (pattern: RegExp): Feature => {
  return ({ text }) => pattern.test(text);
};
const hasBlockWithoutData: Feature = ({ text }) =>
  text
    .replace(/\r\n|\r/g, "\n")
    .split(/\n\n+/)
    .some((block) => /[^\n]/.test(block) && !/^data(?::|$)/m.test(block));
const never: Feature = () => false;

/**
 * What a case must have for a parser that fails a property to fail at it too; the first name that fits counts, a group's
 * after its members'. The mixed properties leave such cases out, so that they tell something new about a parser that is
 * known, or declared, to be wrong in one respect.
 */
const features: readonly (readonly [string, Feature])[] = [
  ["line-ends/cr-at-end", never],
  ["line-ends/blank-lines", inText(/(?:\r\n|\r|\n){3}|^[\r\n]/)],
  ["line-ends/lf", inText(/\n/)],
  ["line-ends", inText(/\r/)],
  ["bom", inText(/\xef\xbb\xbf/)],
  ["field/no-space", inText(/:[^ ]/)],
  ["field/one-space", inText(/:[ \t]{2}/)],
  ["field/leading-tab", inText(/:\t/)],
  ["field/trailing-space", inText(/[ \t](?:[\r\n]|$)/)],
  ["field/colon-in-value", inText(/:.*:/)],
  ["field/no-colon", inText(/^[^:\r\n]+$/m)],
  ["field/prototype-type", inText(/__proto__|toString|valueOf/)],
  ["field", inText(/^(?!(?:data|event|id|retry)?(?::|$))/m)],
  ["data/multi-line", inText(/^data[^\r\n]*(?:\r\n|\r|\n)(?:[^\r\n]+(?:\r\n|\r|\n))*data/m)],
  ["data/empty-no-colon", inText(/^data$/m)],
  ["data/empty", inText(/^data(?:: ?)?$/m)],
  ["data/empty-lines", inText(/^data(?:: ?)?$/m)],
  ["data", hasBlockWithoutData],
  ["comment", inText(/^:/m)],
  ["event", inText(/^event/m)],
  ["id", inText(/^id/m)],
  ["retry", inText(/^retry/m)],
  ["utf8", inText(/[\x80-\xff]/)],
  ["text", inText(/[^\r\n -~]/)],
  ["chunks", ({ cuts }) => cuts.length > 0],
];

/** Whether a case has what one of these failed properties fails at. */
export function hasFeatureOf(failed: readonly string[]): Feature {
  const found = failed.map((name) => {
    const entry = features.find(([prefix]) => name === prefix || name.startsWith(`${prefix}/`));
    return entry === undefined ? never : entry[1];
  });
  return (candidate) => found.some((feature) => feature(candidate));
}
