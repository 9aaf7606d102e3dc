export { type Interpretation, interpretEventStream, type OracleEvent } from "./oracle/interpret.ts";
