import { expectDiagonal } from "./diagonal.ts";

expectDiagonal("openai-chat", 200);
