/** What `ssert fuzz` is asked to test. */
export type Target =
  /** A published parser; `installedAs` is its name in the folder where it is, an alias may change it. */
  | { readonly kind: "package"; readonly name: string; readonly installedAs: string; readonly folder: string }
  /** A module of the user's own. */
  | { readonly kind: "module"; readonly path: string }
  /** A program in any language. */
  | { readonly kind: "command"; readonly command: string; readonly folder: string }
  /** A program that is a whole client: it connects to the address in `SSERT_URL`. */
  | { readonly kind: "client"; readonly command: string; readonly folder: string };

/** What stands before a program on the command line. */
export const prefixes = { command: "cmd:", client: "http:" } as const;

/** A target as a person calls it. */
export function targetName(target: Target): string {
  switch (target.kind) {
    case "package":
      return target.installedAs;
    case "module":
      return target.path;
    case "command":
    case "client":
      return `${prefixes[target.kind]}${target.command}`;
  }
}
