import type { Define } from "../define.ts";
import { addExample } from "../help.ts";
import { mount, type Verb } from "../mount.ts";

const EXAMPLE = `
Example: what is checked, why, and how it hangs together

  ssert protocol list
  ssert protocol show pokee
  ssert protocol diagram pokee --format svg -o pokee.svg

A name with a plus is a variant, for a vendor that deviates: openai-chat+azure.
`;

/** In the order in which the author of a protocol needs them. */
export const actions: readonly Verb[] = [
  { name: "list", summary: "list the built-in protocols", load: () => import("./protocol/list.ts") },
  {
    name: "show",
    summary: "show the rules of a protocol, how severe each is and where it comes from",
    load: () => import("./protocol/show.ts"),
  },
  {
    name: "check",
    summary: "say everything that is wrong with a protocol file",
    load: () => import("./protocol/check.ts"),
  },
  {
    name: "diagram",
    summary: "draw the states that a stream goes through: Mermaid text, or a picture (SVG)",
    load: () => import("./protocol/diagram.ts"),
  },
  { name: "types", summary: "write TypeScript types of the events", load: () => import("./protocol/types.ts") },
  {
    name: "coverage",
    summary: "say what recordings exercise of a protocol, and what is missing",
    load: () => import("./protocol/coverage.ts"),
  },
  {
    name: "sample",
    summary: "make valid or broken streams of a protocol, as tapes",
    load: () => import("./protocol/sample.ts"),
  },
  {
    name: "matrix",
    summary: "break each rule, and show which rules find it",
    load: () => import("./protocol/matrix.ts"),
  },
];

export const define: Define = async (command, terminal, finish, args) => {
  command
    .description(
      "Works with protocols, built-in ones and protocol files: lists them, makes documents, types and streams of one.",
    )
    .usage("ACTION [options]")
    .configureHelp({ subcommandTerm: (action) => action.name() })
    .helpCommand(false);
  await mount(command, actions, args, terminal, finish);
  addExample(command, EXAMPLE);
};
