import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

const folder = scratchFolder();
const own = (file: string) => fixture(`field/exact/case-systolic-1030-1/${file}`);
const target = own("target.json");
const proof = join(folder, "proof.json");

beforeAll(async () => {
  const question = ["search", own("net.json"), "--target", target, "--objective", "edap", "--max-latency", "213"];
  const { status, stderr } = await loopnest([
    ...question,
    ...["--method", "exact", "--certificate", proof, "-o", join(folder, "run")],
  ]);
  expect({ status, last: stderr.trimEnd().split("\n").at(-1) }).toEqual({ status: 0, last: `written to ${proof}` });
});

/** What the check says of a certificate in which something is changed. */
async function afterChange(change: (claims: Claims) => void) {
  const claims = JSON.parse(readFileSync(proof, "utf8"));
  change(claims);
  const file = join(folder, "changed.json");
  writeFileSync(file, JSON.stringify(claims));
  const { status, stderr } = await loopnest(["evaluate", "--certificate", file]);
  return { status, stderr };
}

interface Claims {
  space: string;
  unit: string;
  inputs: { target: { sizes: { name: string; max: number }[]; levels: { rowsPerInstance: unknown }[] } };
  design: { layers: { name: string; mapping: { temporal: [string, number][] }[] }[] };
  value: number;
  lowerBound: number;
  boxes: { sizes: Record<string, [number, number]>; lowerBound: number | null }[];
}

test("a good one holds, and says of which space", async () => {
  const { status, stdout } = await loopnest(["evaluate", "--certificate", proof, "--target", target]);
  const { value, boxes } = JSON.parse(readFileSync(proof, "utf8"));
  expect(status).toBe(0);
  // What exhaustive search finds (0.03057 uJ x cycles x mm2), where an earlier version certified 0.04729.
  expect(value).toBeCloseTo(0.03057, 5);
  expect(boxes.length).toBeGreaterThan(1);
  expect(stdout).toBe(
    `${proof}: holds: 0.03057 uJ x cycles x mm2 is the optimum\n` +
      `proven of t, counts timeloop-2025, divisors, even, layer by layer; ${boxes.length} boxes checked\n`,
  );
});

test("a bound that is raised fails", async () => {
  const { status, stderr } = await afterChange(({ boxes }) => {
    boxes[0]!.lowerBound = (boxes[0]!.lowerBound ?? 1) * 1.1;
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/does not hold:\n {2}box 1 \(peDim .*\): it claims a bound of .*, the check proves only /);
});

test("hardware that no box holds fails", async () => {
  const { status, stderr } = await afterChange(({ boxes }) => void boxes.pop());
  expect(status).toBe(1);
  expect(stderr).toMatch(/does not hold:\n {2}boxes: none holds peDim \d+, /);
});

test("a value that is lowered, or a bound above it, fails", async () => {
  const lowered = await afterChange((claims) => {
    claims.value *= 0.99;
    claims.lowerBound *= 0.99;
  });
  expect(lowered.status).toBe(1);
  expect(lowered.stderr).toMatch(/does not hold:\n {2}design: its value is .*, the certificate claims /);
  const raised = await afterChange((claims) => {
    claims.lowerBound *= 1.1;
  });
  expect(raised.stderr).toMatch(/bound: .* is claimed of all hardware, but a box only claims/);
});

test("another target fails: one that is asked for, and one that stands in it", async () => {
  const other = await loopnest(["evaluate", "--certificate", proof, "--target", "gemmini"]);
  expect(other.status).toBe(1);
  expect(other.stderr).toMatch(/target: it is about t as it stands in the certificate, not about gemmini\n/);
  const wider = await afterChange(({ inputs }) => {
    inputs.target.sizes[0]!.max += 1;
  });
  expect(wider.status).toBe(1);
  expect(wider.stderr).toMatch(/does not hold:\n {2}boxes: none holds /);
});

test("words that claim another space, unit or layer fail", async () => {
  const changes: [string, (claims: Claims) => void][] = [
    ["space", (claims) => void (claims.space = claims.space.replace("even", "uneven"))],
    ["unit", (claims) => void (claims.unit = "uJ x cycles")],
    ["design: layers", ({ design }) => void (design.layers[0]!.name = "another")],
  ];
  for (const [what, change] of changes) {
    const { status, stderr } = await afterChange(change);
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`does not hold:\n  ${what}: it says ".*", it is ".*"\n`));
  }
});

test("where loops may be padded, the words say so", async () => {
  const padded = join(folder, "padded.json");
  const product = join(folder, "product.json");
  writeFileSync(product, JSON.stringify({ name: "net", layers: [{ matmul: { name: "p", m: 3, k: 3, n: 5 } }] }));
  const fix = ["--fix", "peDim=2", "--fix", "scratchpadKb=1", "--fix", "accumulatorKb=1"];
  const search = ["search", product, "--method", "exact", ...fix, "-o", join(folder, "padded"), "--certificate"];
  const { stdout } = await loopnest([...search, padded, "--pad", "40%"]);
  const space = /proven of +gemmini with .*, counts timeloop-2025, divisors or padded, even, layer by layer/;
  expect(stdout).toMatch(space);
  const checked = await loopnest(["evaluate", "--certificate", padded]);
  expect(checked.stdout).toMatch(/is the optimum\nproven of gemmini .*, divisors or padded, even, layer by layer; /);
});

test("a mapping that computes something else fails", async () => {
  const { status, stderr } = await afterChange(({ design }) => {
    design.layers[0]!.mapping[0]!.temporal.push(["R", 2]);
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/does not hold:\n {2}design: /);
});

test("is for the exact search, and says so", async () => {
  const { status, stderr } = await loopnest(["search", own("net.json"), "--target", target, "--certificate", proof]);
  expect(status).toBe(2);
  expect(stderr).toBe(
    "error: --certificate: method descent proves nothing; give --method exact, without --within and --uneven\n",
  );
});

test("the checker shares nothing with the search but the exact model and mapspace", () => {
  const check = fileURLToPath(new URL("../src/certificate/check", import.meta.url));
  const imported = readdirSync(check).flatMap((file) =>
    [...readFileSync(join(check, file), "utf8").matchAll(/^import (type )?[^;]*? from "([^"]+)";/gms)]
      .filter(([, type]) => type === undefined)
      .map(([, , from]) => from),
  );
  expect(imported.length).toBeGreaterThan(8);
  expect(imported.filter((from) => from !== "@loopnest/mapspace" && !from!.startsWith("./"))).toEqual([]);
});
