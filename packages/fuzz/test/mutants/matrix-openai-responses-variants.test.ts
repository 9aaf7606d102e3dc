import { expectVariantsDiagonal } from "./diagonal.ts";

expectVariantsDiagonal("openai-responses");
