// Comments within 120 columns, as biome keeps code: wraps the paragraphs of // and /** comments that hold a longer
// line. Lines that a paragraph may not flow into (lists, formulas, tables, tags) stay as they are. `node
// scripts/wrap-comments.mjs [FILES or folders]`.
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
    const plain = /^(\s*(?:\/\/|\*)) (\S.*)$/.exec(line);
    if (line.length <= WIDTH || (whole === null && plain === null)) out.push(line);
    else if (whole !== null) {
      const [, indent, text] = whole;
      out.push(`${indent}/**`, ...filled(`${indent} *`, text), `${indent} */`);
    } else {
      // What follows in the same paragraph moves along.
      const [, head, text] = plain;
      let paragraph = text;
      while (flows(lines[i + 1], head)) paragraph += ` ${lines[++i].slice(head.length).trim()}`;
      out.push(...filled(head, paragraph));
    }
  }
  return out;
}

/** Whether a line goes on with the paragraph of the comment before it. */
function flows(line, head) {
  if (!line?.startsWith(`${head} `)) return false;
  return /^ \S/.test(line.slice(head.length)) && !/^ (?:[-*@|]|\d+\. |```|biome-ignore)/.test(line.slice(head.length));
}

function filled(head, text) {
  const lines = [];
  let line = head;
  for (const word of text.trim().split(/\s+/)) {
    if (line !== head && `${line} ${word}`.length > WIDTH) {
      lines.push(line);
      // The text of a tag or a list stands in line with its first word.
      line = head;
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
