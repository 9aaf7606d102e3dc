import { byteOrderMarks } from "./byte-order-marks.ts";
import { data } from "./data.ts";
import { delivery } from "./delivery.ts";
import { fields } from "./fields.ts";
import { growth } from "./growth.ts";
import { ids } from "./ids.ts";
import { lineEnds } from "./line-ends.ts";
import { mixed } from "./mixed.ts";
import type { Property } from "./property.ts";
import { resumes } from "./resumes.ts";
import { retries } from "./retries.ts";
import { streams } from "./streams.ts";
import { texts } from "./texts.ts";
import { types } from "./types.ts";

/** Every property, narrow ones first: what they find explains what the mixed ones find at the end. */
export const properties: readonly Property[] = [
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
  ...resumes,
  ...growth,
  ...mixed,
];
