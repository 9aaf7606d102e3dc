import { byteOrderMarks } from "./byte-order-marks.ts";
import { data } from "./data.ts";
import { delivery } from "./delivery.ts";
import { fields } from "./fields.ts";
import { growth } from "./growth.ts";
import { ids } from "./ids.ts";
import { lineEnds } from "./line-ends.ts";
import type { Planted } from "./parser.ts";
import { retries } from "./retries.ts";
import { streams } from "./streams.ts";
import { texts } from "./texts.ts";
import { types } from "./types.ts";

/** Every planted bug: each property has at least one that only it is meant to find. */
export const plantedBugs: readonly Planted[] = [
  ...lineEnds,
  ...byteOrderMarks,
  ...fields,
  ...data,
  ...types,
  ...ids,
  ...retries,
  ...texts,
  ...streams,
  ...delivery,
  ...growth,
];
