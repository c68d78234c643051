// npm run circle [-- NAME...]: takes networks round the whole circle and writes runs/circle/report.md. What is there already is not
// done again.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { circle } from "./circle.js";
import { experiments } from "./experiments.js";
import { reportText } from "./report.js";

const folder = fileURLToPath(new URL("../../../runs/circle/", import.meta.url));
const names = process.argv.slice(2);
const unknown = names.filter((name) => !experiments.some((one) => one.name === name));
if (unknown.length > 0) {
  console.error(
    `there is no experiment ${unknown.join(", ")}; choose from ${experiments.map(({ name }) => name).join(", ")}`,
  );
  process.exit(2);
}
await mkdir(folder, { recursive: true });
for (const experiment of experiments.filter(({ name }) => names.length === 0 || names.includes(name))) {
  console.log(`== ${experiment.name}`);
  const report = await circle(experiment, join(folder, experiment.name), (line) => console.log(line));
  const text = `${reportText(report)}\n\`\`\`text\n${report.calibration.trimEnd()}\n\`\`\`\n`;
  await writeFile(join(folder, `${experiment.name}.md`), text);
  console.log(text);
}
