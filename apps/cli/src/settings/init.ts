import { access } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import type { Command } from "commander";
import { writeAtomically } from "../files/write-atomically.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { SETTINGS_FILE } from "./find-settings.js";
import { settingsTemplate } from "./settings-template.js";

/**
 * `loopnest init`: writes a settings file with every setting as a comment.
 *
 * @throws LoopnestError `input` if there is one already; the system's error if the folder does not take it.
 */
export async function init(root: Command, force: boolean, form: OutputForm): Promise<void> {
  const there = await access(SETTINGS_FILE).then(
    () => true,
    () => false,
  );
  if (there && !force) {
    throw new LoopnestError({
      code: "input",
      path: SETTINGS_FILE,
      problem: "the file is there already",
      fix: "edit it, or replace it with --force",
    });
  }
  await writeAtomically(SETTINGS_FILE, settingsTemplate(root));
  const written = { file: SETTINGS_FILE };
  printData(form, { document: () => written, lines: () => [written], text: () => `${SETTINGS_FILE}\n` });
}
