import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import * as z from "zod";
import { readSealed, readUnlessBroken, type SealedKind, writeSealed } from "./sealed-file.js";

const dir = mkdtempSync(join(tmpdir(), "loopnest-sealed-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Content {
  readonly plan: { readonly b: number; readonly a: number };
  readonly note: string;
}
const kind: SealedKind<Content> = {
  schema: z.looseObject({ schemaVersion: z.literal(1), loopnest: z.string(), sha256: z.string() }),
  sealed: ({ plan }) => plan,
  damaged: "begin anew",
  version: { did: "began this", or: "begin anew" },
};
const change = (from: string, to: string) => {
  const file = join(dir, "plan.json");
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
};

test("is read as it was written, the order of its fields included", async () => {
  await writeSealed(dir, "plan.json", kind, { plan: { b: 1, a: 2 }, note: "x" });
  expect(JSON.stringify((await readSealed(dir, "plan.json", kind)).plan)).toBe('{"b":1,"a":2}');
  change('"note":"x"', '"note":"y"');
  expect(await readUnlessBroken(dir, "plan.json", kind)).toMatchObject({ note: "y" });
});

test("is refused when what is sealed was changed", async () => {
  await writeSealed(dir, "plan.json", kind, { plan: { b: 1, a: 2 }, note: "x" });
  change('"b":1', '"b":3');
  expect(await readUnlessBroken(dir, "plan.json", kind)).toBeNull();
  await expect(readSealed(dir, "plan.json", kind)).rejects.toThrow(/not what was written; begin anew/);
});

test("of another version is refused where versions may not go together", async () => {
  await writeSealed(dir, "plan.json", kind, { plan: { b: 1, a: 2 }, note: "x" });
  change('"loopnest":"', '"loopnest":"9.');
  await expect(readSealed(dir, "plan.json", kind)).rejects.toThrow(/^.*loopnest 9\.\S+ began this, this is/);
  const { version: _, ...lenient } = kind;
  expect(await readSealed(dir, "plan.json", lenient)).toMatchObject({ plan: { b: 1, a: 2 } });
});
