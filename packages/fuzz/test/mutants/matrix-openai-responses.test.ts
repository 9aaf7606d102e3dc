import { expectDiagonal } from "./diagonal.ts";

expectDiagonal("openai-responses");
