import { existsSync } from "node:fs";
import { readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { makeFolder } from "@ssert/tape";
import { describe, expect, it } from "vitest";
import { newFolder } from "./folder.ts";

describe("making a folder", () => {
  it("makes those above it, and is content with one that is there, also behind a link", async () => {
    const root = await newFolder();
    await makeFolder(join(root, "a/b/c"));
    await makeFolder(join(root, "a/b/c"));
    await symlink("a", join(root, "link"));
    await makeFolder(join(root, "link/b/d"));
    expect(await readdir(join(root, "a/b"))).toEqual(["c", "d"]);
    await makeFolder(relative("", join(root, "e")));
    expect((await stat(join(root, "e"))).isDirectory()).toBe(true);
  });

  it("may be done by several at once", async () => {
    const path = join(await newFolder(), "a/b/c");
    await Promise.all(Array.from({ length: 20 }, () => makeFolder(path)));
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  it("fails where a file is in the way", async () => {
    const root = await newFolder();
    await writeFile(join(root, "file"), "");
    for (const path of ["file", "file/x/y"]) {
      await expect(makeFolder(join(root, path))).rejects.toMatchObject({ code: "EEXIST" });
    }
  });

  it.skipIf(!existsSync("/proc/self"))("fails where a folder takes none, and comes back (needs /proc)", async () => {
    await expect(makeFolder("/proc/nope/x/y")).rejects.toMatchObject({ code: "ENOENT" });
  });
});
