import { Parser, type Planted, planted } from "./parser.ts";

export const ids: readonly Planted[] = [
  planted(
    "id/set",
    "reads ids as numbers",
    class extends Parser {
      override idField(value: string): void {
        super.idField(value === "" ? "" : String(Number(value)));
      }
    },
  ),
  planted(
    "id/after-data",
    "reads the id only before the data",
    class extends Parser {
      override idField(value: string): void {
        if (this.data === "") super.idField(value);
      }
    },
  ),
  planted(
    "id/persist",
    "forgets the id after each event",
    class extends Parser {
      override show(type: string, text: string): void {
        super.show(type, text);
        this.lastEventId = "";
      }
    },
  ),
  planted(
    "id/reset",
    "ignores an empty id",
    class extends Parser {
      override idField(value: string): void {
        if (value !== "") super.idField(value);
      }
    },
  ),
  planted(
    "id/no-data",
    "forgets the id of a block without data",
    class extends Parser {
      before = "";
      override blank(): void {
        if (this.data === "") this.lastEventId = this.before;
        super.blank();
        this.before = this.lastEventId;
      }
    },
  ),
  planted(
    "id/last",
    "lets the first id of a block win",
    class extends Parser {
      identified = false;
      override idField(value: string): void {
        if (!this.identified || value === "") super.idField(value);
        this.identified = true;
      }
      override blank(): void {
        super.blank();
        this.identified = false;
      }
    },
  ),
  planted(
    "id/null",
    "takes an id with a NUL",
    class extends Parser {
      override idField(value: string): void {
        this.lastEventId = value;
      }
    },
  ),
  planted(
    "id/null",
    "takes an id with a NUL for an empty one",
    class extends Parser {
      override idField(value: string): void {
        super.idField(value.includes("\0") ? "" : value);
      }
    },
  ),
  planted(
    "id/value",
    "trims ids",
    class extends Parser {
      override idField(value: string): void {
        super.idField(value.trim());
      }
    },
  ),
];
