import { expectDiagonal } from "./diagonal.ts";

expectDiagonal("anthropic-messages");
