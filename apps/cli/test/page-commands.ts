import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A command line of a page, and what the page says that it prints. */
export interface PageCommand {
  readonly line: string;
  /** Lines of the `text` block behind it; what is left out, and how long it took, are not among them. */
  readonly promised: readonly string[];
}

/**
 * The commands of a page in its order, those of its `sh` blocks. Blocks that name a file are written into a folder:
 * YAML by its first line, `# FILE`, what has no comments behind its language, ```json FILE.
 */
export function pageCommands(page: URL, folder: string): PageCommand[] {
  const blocks = [...readFileSync(page, "utf8").matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
    ([, language, file, text]) => ({ language, file: file ?? /^# (\S+\.yaml)\n/.exec(text!)?.[1], text: text! }),
  );
  for (const { file, text } of blocks) if (file !== undefined) writeFileSync(join(folder, file), text);
  return blocks.flatMap(({ language, text }, i) => {
    if (language !== "sh") return [];
    const lines = text.trim().split("\n");
    const next = blocks[i + 1];
    const said = next?.language === "text" ? next.text.split("\n").filter((line) => line !== "" && line !== "...") : [];
    return lines.map((line, l) => ({ line, promised: l === lines.length - 1 ? said : [] }));
  });
}
