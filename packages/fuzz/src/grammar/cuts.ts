import type { Dice } from "../case/dice.ts";

/** Where a stream may be cut into chunks. */
export interface CutPolicy {
  draw(dice: Dice, text: string): readonly number[];
  /** Whether a cut at this offset belongs to the policy. */
  allows(text: string, offset: number): boolean;
  /** Whether a cut may stand twice or at an end of the stream, which makes an empty chunk. */
  readonly empty?: true;
}

/** The whole stream in one chunk. */
export const whole: CutPolicy = { draw: () => [], allows: () => false };

/** Some or all of the offsets at which `allows` holds; none of them never, if there are any. */
export function cutsWhere(allows: (text: string, offset: number) => boolean): CutPolicy {
  return {
    allows,
    draw(dice, text) {
      const offsets: number[] = [];
      for (let offset = 1; offset < text.length; offset += 1) if (allows(text, offset)) offsets.push(offset);
      if (offsets.length < 2 || dice.once(4)) return offsets;
      const kept = offsets.filter(() => dice.once(2));
      return kept.length > 0 ? kept : [dice.pick(offsets)];
    },
  };
}

/** Anywhere: from one cut to one after every byte. */
export const anywhere: CutPolicy = {
  allows: () => true,
  draw(dice, text) {
    const step = dice.pick([1, 2, 3, 5, 8, 13, 21]);
    const cuts: number[] = [];
    for (let offset = dice.between(1, step); offset < text.length; offset += dice.between(1, step)) cuts.push(offset);
    return cuts;
  },
};

/** After every single byte. */
export const everyByte: CutPolicy = {
  allows: () => true,
  draw: (_, text) => Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => index + 1),
};

const byte = (text: string, offset: number): number => text.charCodeAt(offset);
const isContinuation = (value: number): boolean => value >= 0x80 && value <= 0xbf;

/** Between a CR and its LF. */
export const insideCrLf: CutPolicy = cutsWhere((text, offset) => text.slice(offset - 1, offset + 1) === "\r\n");

/** After a CR. */
export const afterCr: CutPolicy = cutsWhere((text, offset) => text[offset - 1] === "\r");

/** Before a byte that continues a UTF-8 sequence, or that breaks one off. */
export const insideCharacters: CutPolicy = cutsWhere(
  (text, offset) => isContinuation(byte(text, offset)) || byte(text, offset - 1) >= 0xc0,
);

/** Where a block has ended: after the line end of a blank line. */
export const afterBlocks: CutPolicy = cutsWhere((text, offset) =>
  /(?:\n\n|\r\r|\r\n\r\n)$/.test(text.slice(Math.max(0, offset - 4), offset)),
);

/** Empty chunks before, after and between others, which are cut where blocks end. */
export const emptyChunks: CutPolicy = {
  empty: true,
  allows: (text, offset) => offset === 0 || offset === text.length || afterBlocks.allows(text, offset),
  draw(dice, text) {
    const offsets = [0, ...afterBlocks.draw(dice, text), text.length];
    const cuts = offsets.flatMap((offset) => Array.from({ length: dice.between(0, 2) }, () => offset));
    return cuts.length > 0 ? cuts : [0];
  },
};

/** Whether every cut of a case belongs to the policy. */
export function allowsCuts(policy: CutPolicy, text: string, cuts: readonly number[]): boolean {
  return cuts.every(
    (cut, index) =>
      policy.allows(text, cut) && (policy.empty === true || (cut > (cuts[index - 1] ?? 0) && cut < text.length)),
  );
}
