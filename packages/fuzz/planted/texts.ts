import { Parser, type Planted, planted } from "./parser.ts";

export const texts: readonly Planted[] = [
  planted(
    "utf8/whole",
    "reads bytes as Latin-1",
    class extends Parser {
      override decode(chunk: Uint8Array): string {
        // Byte order marks aside: those are another property.
        return /^\xef\xbb\xbf/.test(Buffer.from(chunk).toString("latin1"))
          ? super.decode(chunk)
          : Buffer.from(chunk).toString("latin1");
      }
    },
  ),
  planted(
    "utf8/cut",
    "decodes each chunk by itself",
    class extends Parser {
      override decode(chunk: Uint8Array): string {
        return new TextDecoder("utf-8", { ignoreBOM: true }).decode(chunk);
      }
    },
  ),
  planted(
    "utf8/ill-formed",
    "throws at ill-formed UTF-8",
    class extends Parser {
      readonly strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      override decode(chunk: Uint8Array): string {
        return this.strict.decode(chunk, { stream: true });
      }
    },
  ),
  planted(
    "utf8/ill-formed",
    "drops ill-formed UTF-8",
    class extends Parser {
      override decode(chunk: Uint8Array): string {
        return super.decode(chunk).replaceAll("\ufffd", "");
      }
    },
  ),
  planted(
    "utf8/ill-formed",
    "makes one U+FFFD of several",
    class extends Parser {
      override decode(chunk: Uint8Array): string {
        return super.decode(chunk).replace(/\ufffd+/g, "\ufffd");
      }
    },
  ),
  planted(
    "utf8/ill-formed-cut",
    "holds back as many bytes as the first byte of a character promises, and decodes what came meanwhile",
    class extends Parser {
      held = new Uint8Array();
      override decode(chunk: Uint8Array): string {
        const bytes = Uint8Array.of(...this.held, ...chunk);
        const lead = bytes.findLastIndex((byte) => byte >= 0xc0);
        const promised = lead === -1 ? 0 : characterLength(bytes[lead] ?? 0);
        const complete = lead === -1 || lead + promised <= bytes.length || lead < bytes.length - 3;
        const upTo = complete ? bytes.length : lead;
        // A byte that promises more than ever comes takes the line end after it along.
        this.held = bytes.slice(upTo);
        return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, upTo));
      }
    },
  ),
  planted(
    "text/separators",
    "ends lines wherever Unicode has a line separator",
    class extends Parser {
      override endsLine(character: string): boolean {
        return /[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/.test(character);
      }
    },
  ),
  planted(
    "text/separators",
    "ends lines at U+2028 and U+2029, as JavaScript does",
    class extends Parser {
      override endsLine(character: string): boolean {
        return /[\n\r\u2028\u2029]/.test(character);
      }
    },
  ),
  planted(
    "text/controls",
    "strips control characters",
    class extends Parser {
      override show(type: string, data: string): void {
        super.show(type, data.replace(/[\x01-\x08\x0e-\x1b\x1f\x7f]/g, ""));
      }
    },
  ),
  planted(
    "text/null",
    "ends data at a NUL",
    class extends Parser {
      override show(type: string, data: string): void {
        super.show(type, data.split("\0")[0] ?? "");
      }
    },
  ),
  planted(
    "text/trailing",
    "trims what Unicode calls white space",
    class extends Parser {
      override value(afterColon: string): string {
        return super.value(afterColon).replace(/[\u00a0\u3000]+$/, "");
      }
    },
  ),
];

function characterLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
