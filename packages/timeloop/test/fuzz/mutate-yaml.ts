import type { Random } from "@loopnest/mapspace";

/** What YAML, templates and Timeloop give a meaning to, and names and numbers that programs stumble over. */
const PIECES = [
  ...[
    "&a ",
    "*a",
    "? ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "<<: ",
    "<<<: ",
    "!x ",
    '"',
    "'",
    "|\n",
    "#",
    "\n",
    "\t",
    "---\n",
  ],
  ...["0", "-1", "1e308", "5e-324", ".nan", "null", "''", "constructor", "__proto__", "hasOwnProperty", "K=0", "N=3,2"],
  ...["{{x}}", "{{include_text('map.yaml')}}", "%YAML 1.1\n", "a = 1;\n"],
];

/** A text with one to four changes: a piece put in, letters left out, or a part of the text repeated. */
export function mutateYaml(text: string, random: Random): string {
  let changed = text;
  for (let changes = 1 + random.below(4); changes > 0; changes--) {
    const at = random.below(changed.length + 1);
    const left = random.uniform() < 0.5 ? 0 : random.below(12);
    const put = random.uniform() < 0.8 ? random.pick(PIECES) : changed.slice(at, at + random.below(40));
    changed = changed.slice(0, at) + put + changed.slice(at + left);
  }
  return changed;
}
