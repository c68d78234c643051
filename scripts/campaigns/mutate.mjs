/** What stands in the place of a number or a word. */
const VALUES = [
  "0",
  "-1",
  "1e308",
  "5e-324",
  "1e-7",
  "9007199254740993",
  "NaN",
  ".inf",
  "null",
  '""',
  "[]",
  "{}",
  "true",
  '"x"',
  "~",
];
const NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "a<b&c>",
  "\u001b[31m",
  "\u0000",
  "é\u202e",
  "x".repeat(5000),
];
const PIECES = [
  "? ",
  "&a *a",
  "<<: *a",
  "!!binary x",
  "%YAML 1.1\n---\n",
  "- ",
  ": ",
  "{",
  "}",
  "[",
  "]",
  '"',
  "\t",
  "\ufeff",
  "\r",
];

/** A text with a few random changes, of the kinds that people, editors and adversaries make. */
export function mutate(text, random) {
  let changed = text;
  const times = 1 + Math.floor(random() * 4);
  for (let i = 0; i < times; i++) changed = mutateOnce(changed, random);
  return changed;
}

function mutateOnce(text, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const at = Math.floor(random() * (text.length + 1));
  const to = Math.min(text.length, at + Math.floor(random() * 40));
  const replaceOne = (pattern, value) => {
    const found = [...text.matchAll(pattern)];
    if (found.length === 0) return text;
    const { index, 0: old } = pick(found);
    return text.slice(0, index) + value + text.slice(index + old.length);
  };
  switch (Math.floor(random() * 9)) {
    case 0:
      return text.slice(0, at) + text.slice(to);
    case 1:
      return text.slice(0, to) + text.slice(at, to) + text.slice(to);
    case 2:
      return replaceOne(/-?\d+(\.\d+)?/g, pick(VALUES));
    case 3:
      return replaceOne(/[A-Za-z]\w*/g, pick(NAMES));
    case 4:
      return replaceOne(/[A-Za-z]\w*/g, pick(VALUES));
    case 5:
      return text.slice(0, at) + pick(PIECES) + text.slice(at);
    case 6:
      return text.slice(0, at);
    case 7:
      return text.slice(0, at) + pick(PIECES).repeat(1 + Math.floor(random() * 3000)) + text.slice(at);
    default: {
      const lines = text.split("\n");
      const [a, b] = [Math.floor(random() * lines.length), Math.floor(random() * lines.length)];
      [lines[a], lines[b]] = [lines[b], lines[a]];
      return lines.join("\n");
    }
  }
}
