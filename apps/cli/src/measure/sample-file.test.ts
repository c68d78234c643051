import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { matmul } from "@loopnest/mapspace";
import { expect, test } from "vitest";
import { scratchFolder } from "../../test/loopnest.js";
import { openSampleFile } from "./sample-file.js";

const folder = scratchFolder();
const at = (name: string) => join(folder, name);
const hardware = { peDim: 16, scratchpadKb: 64, accumulatorKb: 64 };
const mapping = [{ level: "DRAM", temporal: [], spatial: [], keeps: ["Weights", "Inputs", "Outputs"] }];
const sample = (id: string) => ({ id, problem: matmul({ m: 1, n: 1, k: 1 }), mapping, hardware, cycles: 7 }) as const;
const line = (id: string) => `${JSON.stringify(sample(id))}\n`;

test.each([
  ["notes without a line break", "my notes"],
  ["notes with a last line that is not ended", "first line\nsecond line\nand a third"],
  ["samples, and then a note", `${line("a")}note`],
  ["another program's JSON", '{"cycles": 7}'],
  ["an object that begins as a sample does", '{"id":"a"}'],
])("%s stay as they are, to the last byte", async (_, text) => {
  const file = at("foreign");
  writeFileSync(file, text);
  await expect(openSampleFile(file)).rejects.toThrow("this is not a sample; write to another file");
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("a line that a kill has cut short is taken away, wherever it was cut", async () => {
  const file = at("cut.jsonl");
  const second = line("b");
  for (const length of [1, 3, 10, second.length - 2]) {
    writeFileSync(file, line("a") + second.slice(0, length));
    const samples = await openSampleFile(file);
    await samples.add(sample("c"));
    await samples.close();
    expect(readFileSync(file, "utf8")).toBe(line("a") + line("c"));
  }
});

test("a whole sample that only lacks its line break is kept", async () => {
  const file = at("whole.jsonl");
  writeFileSync(file, line("a").trimEnd());
  const samples = await openSampleFile(file);
  expect(samples.get("a")?.cycles).toBe(7);
  await samples.close();
  expect(readFileSync(file, "utf8")).toBe(line("a"));
});

test("two do not write to one file at a time", async () => {
  const file = at("shared.jsonl");
  // Whoever started the tests lives, and is not this process.
  writeFileSync(`${file}.lock`, `${process.ppid} ${hostname()}\n`);
  await expect(openSampleFile(file)).rejects.toThrow(
    `${file}: another loopnest (process ${process.ppid}) is writing to it; wait until`,
  );
  rmSync(`${file}.lock`);
  await (await openSampleFile(file)).close();
});

test("a folder is no file of samples", async () => {
  mkdirSync(at("dir"));
  await expect(openSampleFile(at("dir"))).rejects.toThrow("this is no plain file");
});
