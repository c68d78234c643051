import { readOnnx } from "../src/index.js";
import { LARGE_MODELS } from "./large-models.js";

// CPU seconds for models of 10,000 and 30,000 nodes: three times as much if the work is linear.
const only = process.argv[2];
for (const [name, build] of Object.entries(LARGE_MODELS)) {
  if (only !== undefined && !name.includes(only)) continue;
  const seconds = [10_000, 30_000].map((nodes) => {
    const bytes = build(nodes);
    const before = process.cpuUsage();
    readOnnx(bytes);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  process.stdout.write(`${name}: ${seconds.map((each) => `${each.toFixed(2)} s`).join(", ")}\n`);
}
