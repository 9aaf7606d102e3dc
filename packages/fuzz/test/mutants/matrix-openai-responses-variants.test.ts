import { expectVariantsDiagonal } from "./diagonal.ts";

// They share nearly all constructs with the protocol that they deviate from; `pnpm matrix` takes more.
expectVariantsDiagonal("openai-responses", 40);
