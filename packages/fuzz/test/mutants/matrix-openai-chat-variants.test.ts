import { expectVariantsDiagonal } from "./diagonal.ts";

expectVariantsDiagonal("openai-chat");
