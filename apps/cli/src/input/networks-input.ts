import { combineWorkloads, LoopnestError, unknownName, type Workload } from "@loopnest/mapspace";
import { assignment } from "./assignment.js";
import { networkDims } from "./network-dims.js";

/**
 * The networks of a command line as one workload, each with how often it runs beside the others.
 *
 * @param given Names or files, each read by `read`; one at least.
 * @param weights `name=n` each: a network's name and how often it runs; once unless given.
 * @param dims `name=value` each, for every network that has open sizes, or `network/name=value` for one of them.
 * @throws LoopnestError `input` for a network that is given twice, a weight that is none or is of no network, or what
 * `read` throws.
 */
export async function networksInput(
  given: readonly string[],
  weights: readonly string[],
  dims: readonly string[],
  read: (given: string, dims: readonly string[]) => Promise<Workload>,
): Promise<Workload> {
  const twice = given.find((name, i) => given.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new LoopnestError({
      code: "input",
      problem: `${twice} is given twice`,
      fix: `give it once, and how often it runs with --weight ${twice}=2`,
    });
  }
  const networks: Workload[] = [];
  for (const name of given) networks.push(await read(name, networkDims(name, given, dims)));
  const byName = weightsByName(
    weights,
    networks.map(({ name }) => name),
  );
  return combineWorkloads(networks.map((workload) => ({ workload, weight: byName.get(workload.name) ?? 1 })));
}

function weightsByName(weights: readonly string[], names: readonly string[]): Map<string, number> {
  const byName = new Map<string, number>();
  for (const text of weights) {
    const [name, value] = assignment(text) ?? [];
    if (name === undefined) throw weightError(`cannot read ${text}`, `write it like ${names[0]}=2`);
    if (!names.includes(name)) throw unknownName("network", name, names, "--weight");
    if (byName.has(name)) throw weightError(`${name} is given twice`, "give it once");
    const weight = Number(value);
    if (!Number.isSafeInteger(weight) || weight < 1) {
      throw weightError(
        `${name} is ${value}`,
        "give a whole number of at least 1; if all weights grow alike, the best design stays the same: 0.5 to 1 " +
          "is 1 to 2",
      );
    }
    byName.set(name, weight);
  }
  return byName;
}

function weightError(problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path: "--weight", problem, fix });
}
