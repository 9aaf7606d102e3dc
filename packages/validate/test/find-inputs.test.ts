import { join, relative } from "node:path";
import { findInputs, ValidateError, type ValidateErrorCode } from "@ssert/validate";
import { describe, expect, test } from "vitest";
import { folderOf, link } from "./folder.ts";

/** What the names find, relative to the folder. */
async function found(folder: string, ...names: string[]): Promise<string[]> {
  const inputs = await findInputs(names.map((name) => (name === "-" ? name : join(folder, name))));
  return inputs.map(({ source }) => (source === "-" ? source : relative(folder, source)));
}

async function expectRefusal(code: ValidateErrorCode, message: RegExp, ...names: string[]): Promise<void> {
  const error = await findInputs(names).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ValidateError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
}

describe("files", () => {
  test("come in the order in which they are named, each once, under the name that came first", async () => {
    const folder = await folderOf({ "b.sse": "", "a.sse": "", "other.txt": "" });
    expect(await found(folder, "b.sse", "other.txt", "a.sse", "./b.sse")).toEqual(["b.sse", "other.txt", "a.sse"]);
    const twice = [join(folder, "a.sse"), `${folder}/./a.sse`];
    expect(await findInputs(twice)).toEqual([{ kind: "file", source: twice[0] }]);
  });

  test("a tape stands for its stream", async () => {
    const folder = await folderOf({ "a.sse": "", "a.sse.tape": "" });
    expect(await found(folder, "a.sse.tape", "a.sse")).toEqual(["a.sse"]);
  });

  test("a tape whose stream is gone is an input: reading it says what is missing", async () => {
    const folder = await folderOf({ "a.sse.tape": "" });
    expect(await found(folder, "a.sse.tape")).toEqual(["a.sse"]);
    expect(await found(folder, "a.sse")).toEqual(["a.sse"]);
  });

  test("a name that looks like a glob but exists is that file", async () => {
    const folder = await folderOf({ "[1].sse": "", "1.sse": "" });
    expect(await found(folder, "[1].sse")).toEqual(["[1].sse"]);
  });

  test("standard input is one input however often it is named", async () => {
    const folder = await folderOf({ "a.sse": "" });
    expect(await found(folder, "-", "a.sse", "-")).toEqual(["-", "a.sse"]);
    expect(await findInputs(["-"])).toEqual([{ kind: "stdin", source: "-" }]);
  });
});

describe("folders", () => {
  test("give every *.sse at any depth, sorted by path, and nothing else", async () => {
    const folder = await folderOf({
      "z.sse": "",
      "b.sse": "",
      "b/2.sse": "",
      "b/10.sse": "",
      "b/10.sse.tape": "",
      "a/deep/er/x.sse": "",
      "a/readme.md": "",
      "node_modules/p/test.sse": "",
      "a/.git/x.sse": "",
    });
    expect(await found(folder, ".")).toEqual(["a/deep/er/x.sse", "b.sse", "b/10.sse", "b/2.sse", "z.sse"]);
    expect(await found(folder, "b", "z.sse", ".")).toEqual([
      "b/10.sse",
      "b/2.sse",
      "z.sse",
      "a/deep/er/x.sse",
      "b.sse",
    ]);
  });

  test("named node_modules themselves are searched: that is what was asked for", async () => {
    const folder = await folderOf({ "node_modules/p/test.sse": "" });
    expect(await found(folder, "node_modules/p")).toEqual(["node_modules/p/test.sse"]);
  });

  test("that link to each other in a circle end, each file under its own path", async () => {
    const folder = await folderOf({ "m/a.sse": "", "n/b.sse": "" });
    await link(folder, "m/to-n", "n");
    await link(folder, "n/to-m", "m");
    await link(folder, "m/self", "m");
    await link(folder, "all", ".");
    expect(await found(folder, ".")).toEqual(["m/a.sse", "n/b.sse"]);
  });

  test("behind a link are searched, and linked files are taken", async () => {
    const outside = await folderOf({ "o/a.sse": "", "b.sse": "" });
    const folder = await folderOf();
    await link("/", join(folder, "linked"), join(outside, "o"));
    await link("/", join(folder, "file.sse"), join(outside, "b.sse"));
    expect(await found(folder, ".")).toEqual(["file.sse", "linked/a.sse"]);
  });

  test("with a link that leads nowhere keep it, so that reading it can say so", async () => {
    const folder = await folderOf();
    await link(folder, "gone.sse", "nowhere.sse");
    expect(await found(folder, ".")).toEqual(["gone.sse"]);
  });

  test("tell how many they have so far, and all of them at the end", async () => {
    const folder = await folderOf({ "a/1.sse": "", "a/2.sse": "", "b/3.sse": "", "c.sse": "", "c.txt": "" });
    const told: number[] = [];
    const inputs = await findInputs([folder], (files) => told.push(files));
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toBe(inputs.length);
  });
});

describe("globs", () => {
  test("match files and folders, sorted, a tape and its stream as one", async () => {
    const folder = await folderOf({ "b.sse": "", "a.sse": "", "a.sse.tape": "", "sub/c.sse": "", "sub/note.md": "" });
    expect(await found(folder, "*")).toEqual(["a.sse", "b.sse", "sub/c.sse"]);
    expect(await found(folder, "**/*.sse")).toEqual(["a.sse", "b.sse", "sub/c.sse"]);
    expect(await found(folder, "{b,a}.sse")).toEqual(["a.sse", "b.sse"]);
  });

  test("do not look into node_modules and .git", async () => {
    const folder = await folderOf({ "node_modules/a.sse": "", ".git/b.sse": "", "c.sse": "" });
    expect(await found(folder, "**/*.sse")).toEqual(["c.sse"]);
  });
});

describe("what cannot be found is named, with what to do next", () => {
  test("a name that is empty, of a variable that nobody has set, is refused in words", async () => {
    await expectRefusal("not-found", /^an input is "": name a file, a folder/, "");
  });

  test("a path that does not exist", async () => {
    const folder = await folderOf({ "session.sse": "", "tools/a.sse": "" });
    await expectRefusal(
      "not-found",
      /nothing-like-it\.sse does not exist; check the path$/,
      `${folder}/nothing-like-it.sse`,
    );
    await expectRefusal("not-found", /nowhere\/a\.sse does not exist; check the path$/, `${folder}/nowhere/a.sse`);
    await expectRefusal("not-found", /session\.sse\/a does not exist/, `${folder}/session.sse/a`);
  });

  test.each([
    ["sesion.sse", "session.sse"],
    ["SESSION.sse", "session.sse"],
    ["session", "session.sse"],
    ["session.see", "session.sse"],
    ["tool", "tools"],
  ])("%s: did you mean %s?", async (typed, meant) => {
    const folder = await folderOf({ "session.sse": "", "session.sse.tape": "", "tools/a.sse": "", "x.sse": "" });
    const suggestion = new RegExp(`did you mean ${join(folder, meant).replaceAll(".", "\\.")}\\?$`);
    await expectRefusal("not-found", suggestion, join(folder, typed));
  });

  test("a folder without streams", async () => {
    const folder = await folderOf({ "readme.md": "", "node_modules/x.sse": "" });
    await expectRefusal("no-streams", /has no \*\.sse file in it; name another folder/, folder);
  });

  test("a glob without matches", async () => {
    const folder = await folderOf({ "a.sse": "" });
    await expectRefusal("no-match", /b\*\.sse matches no file; check the pattern/, `${folder}/b*.sse`);
  });

  test("nothing named at all, which must not pass as valid", async () => {
    await expectRefusal("no-inputs", /^no input: name files/);
  });
});
