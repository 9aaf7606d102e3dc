import { expectDiagonal } from "./diagonal.ts";

expectDiagonal("pokee");
