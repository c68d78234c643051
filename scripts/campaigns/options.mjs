import { parseArgs } from "node:util";

/** `--count` and `--seed` of a campaign. Ends the program if they are no whole numbers. */
export function campaignOptions(count) {
  const options = { count: { type: "string", default: String(count) }, seed: { type: "string", default: "1" } };
  const { values } = parseArgs({ options });
  for (const [name, value] of Object.entries(values)) {
    if (/^\d+$/.test(value)) continue;
    console.error(`--${name} is ${value}; give a whole number`);
    process.exit(2);
  }
  return { count: Number(values.count), seed: Number(values.seed) };
}
