import { existsSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { missingAttributes, missingIgnores } from "./attributes.ts";
import { javascriptConfig, typescriptConfig } from "./config-file.ts";
import { createOnce, grow, type Written } from "./files.ts";
import { type Project, projectOf } from "./package-manager.ts";
import { inRepository, upToTop } from "./repository.ts";
import { scriptFile } from "./script-file.ts";
import { stepsOf } from "./steps.ts";
import { type TapesHere, tapesIn } from "./tapes-here.ts";
import { workflowFile } from "./workflow-file.ts";

/** What was found in a folder, and what was written. */
export interface SetUp {
  /** In the order in which they were written, those that could not be among them. */
  readonly files: readonly Written[];
  readonly tapes: TapesHere;
  readonly project: Project;
  readonly repository: boolean;
}

/**
 * Prepares a folder (absolute) for `ssert`: what git and the configuration need goes into the folder itself, the workflow to
 * the top of its repository, since GitHub reads it nowhere else. What cannot be written does not keep the rest from it. Throws
 * ValidateError `unreadable`.
 */
export async function setUp(folder: string): Promise<SetUp> {
  const way = upToTop(folder);
  const top = way.at(-1) ?? folder;
  const project = projectOf(way);
  const tapes = await tapesIn(folder);
  const below = relative(top, folder).split(sep).join("/");
  const steps = stepsOf(project, tapes.input, below);
  const here = { base: folder, project: top };
  const files: Written[] = [
    await grow({ ...here, path: join(folder, ".gitattributes"), missing: missingAttributes }),
    await grow({ ...here, path: join(folder, ".gitignore"), missing: missingIgnores }),
    await createOnce({ ...here, ...configIn(folder, project) }),
    await createOnce({
      base: top,
      project: top,
      path: join(top, ".github/workflows/ssert.yml"),
      text: workflowFile(steps, below),
    }),
    await createOnce({ ...here, path: join(folder, "ci/ssert.sh"), text: scriptFile(steps), executable: true }),
  ];
  return { files, tapes, project, repository: inRepository(way) };
}

/** One configuration is enough, by whatever name it goes. */
function configIn(folder: string, { modules }: Project): { readonly path: string; readonly text: string } {
  const names = ["ssert.config.ts", "ssert.config.js", "ssert.config.mjs"].map((name) => join(folder, name));
  const usual = join(folder, modules ? "ssert.config.ts" : "ssert.config.mjs");
  const path = names.find((name) => existsSync(name)) ?? usual;
  return { path, text: basename(path).endsWith(".ts") ? typescriptConfig() : javascriptConfig() };
}
