// npm run circle [-- 8 16]: takes networks round the whole circle, on arrays of these sizes, and writes
// runs/circle/report.md. What is there already is not done again.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CircleReport, circle } from "./circle.js";
import { reportText } from "./report.js";
import { settings } from "./settings.js";

const SIZES = [8, 16];
const folder = fileURLToPath(new URL("../../../runs/circle/", import.meta.url));
const given = process.argv.slice(2).map(Number);
if (given.some((size) => !SIZES.includes(size))) {
  console.error(`give array sizes, of ${SIZES.join(" and ")}`);
  process.exit(2);
}
await mkdir(folder, { recursive: true });
const reports: CircleReport[] = [];
for (const peDim of given.length > 0 ? given : SIZES) {
  const say = (line: string) => console.log(`${peDim} x ${peDim}: ${line}`);
  reports.push(await circle(settings(peDim), join(folder, `${peDim}x${peDim}`), say));
  await writeFile(join(folder, "report.md"), reportText(reports));
}
console.log(`written to ${join(folder, "report.md")}`);
