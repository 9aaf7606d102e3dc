import { Parser, type Planted, planted } from "./parser.ts";

export const retries: readonly Planted[] = [
  planted(
    "retry/digits",
    "takes retry for seconds",
    class extends Parser {
      override retryField(value: string): void {
        if (/^[0-9]+$/.test(value)) this.sink.retry(Number(value) * 1000);
      }
    },
  ),
  planted(
    "retry/zeros",
    "reads leading zeros as octal",
    class extends Parser {
      override retryField(value: string): void {
        if (/^0[0-7]+$/.test(value)) this.sink.retry(Number.parseInt(value, 8));
        else super.retryField(value);
      }
    },
  ),
  planted(
    "retry/zeros",
    "takes zero for nothing",
    class extends Parser {
      override retryField(value: string): void {
        if (Number(value)) super.retryField(value);
      }
    },
  ),
  planted(
    "retry/invalid",
    "reads the digits at the start",
    class extends Parser {
      override retryField(value: string): void {
        const time = Number.parseInt(value, 10);
        if (!Number.isNaN(time)) this.sink.retry(time);
      }
    },
  ),
  planted(
    "retry/invalid",
    "takes anything that is a number",
    class extends Parser {
      override retryField(value: string): void {
        const time = Number(value);
        if (Number.isFinite(time)) this.sink.retry(time);
      }
    },
  ),
];
