// Compares exact with exhaustive search on random machines and networks, and on random cascades of fused layers:
// npm run prove -- --cases 20000 --cascades 300 --seed 7
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const options = {
  cases: { type: "string", default: "1000" },
  cascades: { type: "string", default: "100" },
  seed: { type: "string", default: "1" },
};
const { cases, cascades, seed } = parseArgs({ options }).values;
for (const [name, value] of Object.entries({ cases, cascades, seed })) {
  if (/^\d+$/.test(value)) continue;
  console.error(`--${name} is ${value}; give a whole number`);
  process.exit(2);
}
const tests = [
  ...(Number(cases) > 0 ? ["packages/optimizers/test/exact-exhaustive.test.ts"] : []),
  ...(Number(cascades) > 0 ? ["packages/optimizers/test/fused-cascades.test.ts"] : []),
];
const { status } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...tests], {
  stdio: "inherit",
  env: { ...process.env, PROVE_CASES: cases, PROVE_CASCADES: cascades, PROVE_SEED: seed },
});
process.exit(status ?? 1);
