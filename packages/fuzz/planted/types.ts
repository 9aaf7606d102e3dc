import { Parser, type Planted, planted } from "./parser.ts";

export const types: readonly Planted[] = [
  planted(
    "event/type",
    "gives every event the type message",
    class extends Parser {
      override eventField(): void {}
    },
  ),
  planted(
    "event/default",
    "gives an event without a type the type data",
    class extends Parser {
      override show(type: string, text: string): void {
        super.show(type === "message" ? "data" : type, text);
      }
    },
  ),
  planted(
    "event/after-data",
    "reads the type only before the data",
    class extends Parser {
      override eventField(value: string): void {
        if (this.data === "") super.eventField(value);
      }
    },
  ),
  planted(
    "event/value",
    "trims the type",
    class extends Parser {
      override eventField(value: string): void {
        super.eventField(value.trim());
      }
    },
  ),
  planted(
    "event/reset",
    "keeps a type for the events that follow",
    class extends Parser {
      override blank(): void {
        const kept = this.data === "" ? "" : this.type;
        super.blank();
        this.type = kept;
      }
    },
  ),
  planted(
    "event/leak",
    "keeps the type of a block without data",
    class extends Parser {
      override blank(): void {
        if (this.data !== "") super.blank();
      }
    },
  ),
  planted(
    "event/last",
    "lets the first type win",
    class extends Parser {
      override eventField(value: string): void {
        if (this.type === "" || value === "") super.eventField(value);
      }
    },
  ),
  planted(
    "event/empty",
    "takes an empty event field for no data wanted",
    class extends Parser {
      override eventField(value: string): void {
        super.eventField(value === "" && this.type === "" ? "undefined" : value);
      }
    },
  ),
  planted(
    "event/emptied",
    "ignores an empty event field",
    class extends Parser {
      override eventField(value: string): void {
        if (value !== "") super.eventField(value);
      }
    },
  ),
];
