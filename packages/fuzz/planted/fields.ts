import { Parser, type Planted, planted } from "./parser.ts";

export const fields: readonly Planted[] = [
  planted(
    "field/no-space",
    "wants the space after the colon",
    class extends Parser {
      override line(line: string): void {
        if (line === "" || line.startsWith(":") || line.includes(": ") || !line.includes(":")) super.line(line);
      }
    },
  ),
  planted(
    "field/no-space",
    "cuts one character off after the colon, whatever it is",
    class extends Parser {
      override value(afterColon: string): string {
        return afterColon.slice(1);
      }
    },
  ),
  planted(
    "field/one-space",
    "trims the start of a value",
    class extends Parser {
      override value(afterColon: string): string {
        return afterColon.trimStart();
      }
    },
  ),
  planted(
    "field/one-space",
    "keeps the space after the colon",
    class extends Parser {
      override value(afterColon: string): string {
        return afterColon.startsWith("  ") ? afterColon : super.value(afterColon);
      }
    },
  ),
  planted(
    "field/leading-tab",
    "takes a tab for the space after the colon",
    class extends Parser {
      override value(afterColon: string): string {
        return afterColon.replace(/^[ \t]/, "");
      }
    },
  ),
  planted(
    "field/trailing-space",
    "trims the end of a value",
    class extends Parser {
      override value(afterColon: string): string {
        return super.value(afterColon).trimEnd();
      }
    },
  ),
  planted(
    "field/colon-in-value",
    "takes the second part of a split at colons",
    class extends Parser {
      override value(afterColon: string): string {
        return super.value(afterColon.split(":")[0] ?? "");
      }
    },
  ),
  planted(
    "field/no-colon",
    "skips a line without a colon when there are others",
    class extends Parser {
      override line(line: string): void {
        const skipped = line === "data" && this.data === "";
        super.line(skipped ? ":" : line);
      }
    },
  ),
  planted(
    "field/unknown",
    "knows a field by how it starts",
    class extends Parser {
      override otherField(name: string, value: string): void {
        if (name.startsWith("data")) this.dataField(value);
      }
    },
  ),
  planted(
    "field/unknown",
    "throws at a field that it does not know",
    class extends Parser {
      override otherField(name: string): void {
        throw new Error(`unknown field ${name}`);
      }
    },
  ),
  planted(
    "field/unknown-no-colon",
    "takes a line without a colon for data",
    class extends Parser {
      override line(line: string): void {
        if (line === "" || line.includes(":")) super.line(line);
        else if (["data", "event", "id", "retry"].includes(line)) this.field(line, "");
        else this.dataField(line);
      }
    },
  ),
  planted(
    "field/space-in-name",
    "trims names",
    class extends Parser {
      override field(name: string, value: string): void {
        super.field(name.trim(), value);
      }
    },
  ),
  planted(
    "field/case",
    "takes names in any case",
    class extends Parser {
      override field(name: string, value: string): void {
        super.field(name.toLowerCase(), value);
      }
    },
  ),
  planted(
    "field/prototype",
    "finds its field handlers in an object that has more properties than it was given",
    class extends Parser {
      override field(name: string, value: string): void {
        const handlers: Record<string, (value: string) => void> = {
          data: (text) => this.dataField(text),
          event: (text) => this.eventField(text),
          id: (text) => this.idField(text),
          retry: (text) => this.retryField(text),
        };
        handlers[name]?.(value);
      }
    },
  ),
  planted(
    "field/prototype-type",
    "counts events by type in an object that has more properties than it was given",
    class extends Parser {
      readonly counts: Record<string, number> = {};
      override show(type: string, data: string): void {
        const count = this.counts[type] ?? 0;
        if (typeof count === "number") super.show(type, data);
        this.counts[type] = count + 1;
      }
    },
  ),
];
