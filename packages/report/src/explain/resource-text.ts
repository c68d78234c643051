import type { Resource } from "@loopnest/model-analytical/explain";
import { quantity } from "../numbers/number-format.js";
import { plainTable } from "../tables/plain-table.js";
import { numbers } from "../tables/table.js";
import { barText } from "../terminal/layer-bars.js";
import { terminalText } from "../text/media.js";

/** Characters of the bar of the busiest resource, and how many resources are listed. */
const BAR = 24;
const MOST = 6;

/** How a resource is called: `compute`, or `DRAM shared port`. */
export function resourceName({ name, port }: Resource): string {
  return terminalText(port === null ? name : `${name} ${port} port`);
}

/** The busiest resources with their cycles, and in a sentence which one sets the latency and what comes next. */
export function resourceLines(resources: readonly Resource[], columns?: number): string[] {
  const [first] = resources;
  const table = plainTable(
    [...[{ title: "resource" }, { title: "busy" }, numbers("cycles")], numbers("words a cycle it takes")],
    resources
      .slice(0, MOST)
      .map((resource) => [
        resourceName(resource),
        barText((BAR * resource.busyCycles) / first!.busyCycles).padEnd(BAR),
        quantity(Math.ceil(resource.busyCycles)),
        resource.bandwidthWordsPerCycle === null ? "" : quantity(resource.bandwidthWordsPerCycle),
      ]),
    columns,
  );
  return [...table.split("\n"), bottleneckText(resources)];
}

/** What sets the latency, by how much, and what it would take to be rid of it. */
function bottleneckText([first, next]: readonly Resource[]): string {
  const name = resourceName(first!);
  if (next === undefined) return `${name} sets the latency, and nothing else could`;
  const ratio = first!.busyCycles / next.busyCycles;
  const after = resourceName(next);
  if (ratio < 1 + 1e-9) return `${name} and ${after} set the latency alike: only both together would shorten it`;
  const times = ratio < 1.995 ? `${quantity(100 * (ratio - 1))} % longer than` : `${quantity(ratio)} times as long as`;
  const sentence = `${name} sets the latency: it takes ${times} the next, ${after}`;
  if (first!.bandwidthWordsPerCycle === null) return sentence;
  return `${sentence}; from ${quantity(first!.bandwidthWordsPerCycle * ratio)} words a cycle on, that would set it`;
}
