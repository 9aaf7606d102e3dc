import { Parser, type Planted, planted } from "./parser.ts";

export const data: readonly Planted[] = [
  planted(
    "data/empty",
    "does not show an event with empty data",
    class extends Parser {
      override show(type: string, text: string): void {
        if (text) super.show(type, text);
      }
    },
  ),
  planted(
    "data/empty-no-colon",
    "skips lines without a colon",
    class extends Parser {
      override line(line: string): void {
        if (line === "" || line.includes(":")) super.line(line);
      }
    },
  ),
  planted(
    "data/multi-line",
    "joins data lines without a line end",
    class extends Parser {
      override dataField(value: string): void {
        this.data = `${this.data.slice(0, -1)}${value}\n`;
      }
    },
  ),
  planted(
    "data/multi-line",
    "lets the last data line win",
    class extends Parser {
      override dataField(value: string): void {
        this.data = `${value}\n`;
      }
    },
  ),
  planted(
    "data/multi-line",
    "shows an event for each data line",
    class extends Parser {
      override dataField(value: string): void {
        if (this.data !== "") this.blank();
        super.dataField(value);
      }
    },
  ),
  planted(
    "data/empty-lines",
    "joins only what is not empty",
    class extends Parser {
      override dataField(value: string): void {
        this.data = this.data === "\n" ? `${value}\n` : `${this.data}${value}\n`;
      }
    },
  ),
  planted(
    "data/empty-lines",
    "cuts all line ends off at the end of the data",
    class extends Parser {
      override show(type: string, text: string): void {
        super.show(type, text.replace(/\n+$/, ""));
      }
    },
  ),
  planted(
    "data/no-data-id",
    "shows a block with an id and no data",
    class extends Parser {
      identified = false;
      override idField(value: string): void {
        super.idField(value);
        this.identified = true;
      }
      override blank(): void {
        if (this.identified && this.data === "") this.show("message", "");
        this.identified = false;
        super.blank();
      }
    },
  ),
  planted(
    "data/no-data-type",
    "shows a block with a type and no data",
    class extends Parser {
      override blank(): void {
        if (this.type !== "" && this.data === "") this.show(this.type, "");
        super.blank();
      }
    },
  ),
  planted(
    "data/no-data-other",
    "shows every block that has a field",
    class extends Parser {
      hasField = false;
      override field(name: string, value: string): void {
        super.field(name, value);
        this.hasField ||= name !== "event" && name !== "id";
      }
      override blank(): void {
        if (this.hasField && this.data === "") this.data = "\n";
        this.hasField = false;
        super.blank();
      }
    },
  ),
  planted(
    "comment/block",
    "shows an event for a block of comments",
    class extends Parser {
      commented = false;
      override comment(): void {
        this.commented = true;
      }
      override blank(): void {
        if (this.commented && this.data === "") this.data = "\n";
        this.commented = false;
        super.blank();
      }
    },
  ),
  planted(
    "comment/ignored",
    "reads the field in a comment",
    class extends Parser {
      override comment(text: string): void {
        if (text.includes(":")) this.line(text.trimStart());
      }
    },
  ),
  planted(
    "comment/ignored",
    "takes a comment for a field without a name that is data",
    class extends Parser {
      override comment(text: string): void {
        if (text === "") this.dataField("");
      }
    },
  ),
  planted(
    "comment/between-data",
    "begins the data anew after a comment",
    class extends Parser {
      override comment(): void {
        this.data = "";
      }
    },
  ),
];
