// Comments within 120 columns, as biome keeps code: wraps the paragraphs of // and /** comments that hold a longer
// line; items of lists hang by their first word. Lines that a paragraph may not flow into (formulas, tables, tags) stay
// as they are. `node scripts/wrap-comments.mjs [FILES or folders]`.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const WIDTH = 120;
const SKIPPED = new Set(["node_modules", "dist", ".git", ".turbo", "site"]);

const given = process.argv.slice(2);
for (const file of (given.length > 0 ? given : ["."]).flatMap(sources)) {
  const text = readFileSync(file, "utf8");
  const wrapped = wrap(text.split("\n")).join("\n");
  if (wrapped !== text) writeFileSync(file, wrapped);
}

function sources(path) {
  if (!statSync(path).isDirectory()) return /\.(ts|mts|mjs)$/.test(path) ? [path] : [];
  return readdirSync(path).flatMap((name) => (SKIPPED.has(name) ? [] : sources(join(path, name))));
}

function wrap(lines) {
  const out = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    const whole = /^(\s*)\/\*\* (.*) \*\/$/.exec(line);
    const [, head, marker, text] = /^(\s*(?:\/\/|\*))(?: ( *(?:- |\d+\. ))| )(\S.*)$/.exec(line) ?? [];
    if (whole !== null && line.length > WIDTH) {
      const [, indent, words] = whole;
      out.push(`${indent}/**`, ...filled(words, `${indent} * `), `${indent} */`);
    } else if (text === undefined) out.push(line);
    else {
      const hang = " ".repeat(marker?.length ?? 0);
      // What follows in the same paragraph moves along.
      const paragraph = [line];
      while (flows(lines[i + 1], head, hang)) paragraph.push(lines[++i]);
      const flush = paragraph.some((own, at) => at > 0 && !own.startsWith(`${head} ${hang}`));
      if (!flush && paragraph.every(({ length }) => length <= WIDTH)) out.push(...paragraph);
      else {
        const words = [text, ...paragraph.slice(1).map((own) => own.slice(head.length).trim())].join(" ");
        out.push(...filled(words, `${head} ${marker ?? ""}`, `${head} ${hang}`));
      }
    }
  }
  return out;
}

/** Whether a line goes on with the paragraph of the comment before it, or with the item of a list, which hangs. */
function flows(line, head, hang) {
  const text = line?.startsWith(`${head} `) ? line.slice(head.length + 1) : "";
  const own = text.startsWith(hang) ? text.slice(hang.length) : text;
  return /^\S/.test(own) && !/^(?:[-*@|]|\d+\. |```|biome-ignore)/.test(own);
}

function filled(text, first, others = first) {
  const lines = [];
  let line = first;
  for (const word of text.trim().split(/\s+/)) {
    const next = line.endsWith(" ") ? `${line}${word}` : `${line} ${word}`;
    if (next.length > WIDTH && !line.endsWith(" ")) {
      lines.push(line);
      line = `${others}${word}`;
    } else line = next;
  }
  return [...lines, line];
}
