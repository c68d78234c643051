// Compares exact with exhaustive search on random machines and networks: npm run prove -- --cases 20000 --seed 7
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const options = { cases: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } };
const { cases, seed } = parseArgs({ options }).values;
for (const [name, value] of Object.entries({ cases, seed })) {
  if (/^\d+$/.test(value)) continue;
  console.error(`--${name} is ${value}; give a whole number`);
  process.exit(2);
}
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "packages/optimizers/test/exact-exhaustive.test.ts"],
  { stdio: "inherit", env: { ...process.env, PROVE_CASES: cases, PROVE_SEED: seed } },
);
process.exit(status ?? 1);
