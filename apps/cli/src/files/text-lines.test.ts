import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { readText } from "./read-text.js";
import { textLines } from "./text-lines.js";

const folder = mkdtempSync(join(tmpdir(), "loopnest-lines-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function linesOf(name: string, content: string | Buffer): Promise<string[]> {
  const file = join(folder, name);
  writeFileSync(file, content);
  const lines: string[] = [];
  for await (const line of textLines(file)) lines.push(line);
  return lines;
}

test("both line breaks, with or without one at the end", async () => {
  expect(await linesOf("a", "one\ntwo\r\n\nthree")).toEqual(["one", "two", "", "three"]);
  expect(await linesOf("b", "one\n")).toEqual(["one"]);
  expect(await linesOf("c", "")).toEqual([]);
});

test("Unicode's line separators and characters at the seam of two pieces stay inside a line", async () => {
  const long = `{"a":"${"\u2028ü€".repeat(200_000)}"}`;
  expect(await linesOf("d", `${long}\n${long}\n`)).toEqual([long, long]);
});

test("packed files, and a byte order mark", async () => {
  expect(await linesOf("e.gz", gzipSync("\ufeffone\ntwo\n"))).toEqual(["one", "two"]);
  await expect(linesOf("f.gz", gzipSync("one\n".repeat(1e5)).subarray(0, 100))).rejects.toThrow(/ends too early/);
});

test("a line without end, packed or not, is refused before it fills the memory", async () => {
  const most = 1 << 16;
  const zeros = gzipSync("0".repeat(most * 20));
  for (const [name, content] of [["g.gz", zeros] as const, ["g", "0".repeat(most * 2)] as const]) {
    const file = join(folder, name);
    writeFileSync(file, content);
    const reading = textLines(file, most).next();
    await expect(reading).rejects.toThrow(`${file}: a line is longer than 65,536 characters; give a file with`);
  }
});

test("a text of more characters than any document has is refused", async () => {
  const file = join(folder, "text");
  writeFileSync(file, "word ".repeat(1000));
  expect(await readText(file, 5000)).toHaveLength(5000);
  await expect(readText(file, 4999)).rejects.toThrow("it has more than 4,999 characters: this is no document");
});
