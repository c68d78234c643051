import { LoopnestError } from "../errors/loopnest-error.js";
import { shapeKey } from "./merge-layers.js";
import type { DataMovement, Layer, NetworkPart, Workload } from "./workload.js";

/** A network and how often it runs beside others. */
export interface WeightedWorkload {
  readonly workload: Workload;
  /** Whole; 1 unless given. */
  readonly weight?: number;
}

/**
 * Makes one workload of several networks that share an accelerator, so that its energy and its latency are the sums of
 * weight x energy and weight x latency over the networks.
 *
 * A layer is called `network/layer`. Layers of the same shape, in whichever networks, have the same best mapping and
 * become one layer, called after all of them: `resnet18/conv1+resnet50/conv1`. `networks` says how often each layer
 * occurs in each network, so that every network's own totals can be told.
 *
 * Weights are whole, as counts of layers are: what is best does not change when all weights grow alike, so 0.5 to 1 is
 * 1 to 2.
 *
 * @returns The workload itself if it is the only one and its weight is 1.
 * @throws LoopnestError `input` if there is none, two have one name, one holds several networks already, or a weight is
 * not whole.
 */
export function combineWorkloads(networks: readonly WeightedWorkload[]): Workload {
  checkNetworks(networks);
  const [{ workload: first, weight: firstWeight = 1 }] = networks as [WeightedWorkload];
  if (networks.length === 1 && firstWeight === 1) return first;

  const merged = new Map<string, MergedLayer>();
  networks.forEach(({ workload }, network) => {
    for (const { problem, count } of workload.layers) {
      const key = shapeKey(problem);
      const layer = merged.get(key) ?? { names: [], problem, counts: networks.map(() => 0) };
      layer.names.push(`${workload.name}/${problem.name}`);
      layer.counts[network]! += count;
      merged.set(key, layer);
    }
  });
  const all = [...merged.values()];
  const movement = networks.flatMap(({ workload, weight = 1 }, network) =>
    (workload.dataMovement ?? []).map((own) => ({ network, own, weight })),
  );
  const unmodelled = networks.flatMap(({ workload, weight = 1 }) =>
    (workload.unmodelled ?? []).map((own) => ({ ...own, count: weight * own.count })),
  );
  const weighted = (counts: readonly number[]) =>
    counts.reduce((sum, count, network) => sum + (networks[network]!.weight ?? 1) * count, 0);
  return {
    name: networks.map(({ workload, weight = 1 }) => calledTimes(workload.name, weight)).join(" + "),
    description: networks.length === 1 ? (first.description ?? "") : `${networks.length} networks on one accelerator`,
    source: networks.map(({ workload }) => `${workload.name}: ${workload.source ?? "not said"}`).join("; "),
    layers: all.map(
      ({ names, problem, counts }): Layer => ({
        problem: { ...problem, name: names.join("+") },
        count: weighted(counts),
      }),
    ),
    ...(movement.length > 0 && {
      dataMovement: movement.map(({ network, own, weight }): DataMovement => {
        const { name } = networks[network]!.workload;
        return { ...own, name: `${name}/${own.name}`, count: weight * own.count };
      }),
    }),
    ...(unmodelled.length > 0 && { unmodelled }),
    networks: networks.map(
      ({ workload, weight = 1 }, network): NetworkPart => ({
        name: workload.name,
        weight,
        layerCounts: all.map(({ counts }) => counts[network]!),
        movementCounts: movement.map(({ network: of, own }) => (of === network ? own.count : 0)),
      }),
    ),
  };
}

/** Layers of one shape. */
interface MergedLayer {
  readonly names: string[];
  readonly problem: Layer["problem"];
  /** One per network. */
  readonly counts: number[];
}

function calledTimes(name: string, weight: number): string {
  return weight === 1 ? name : `${weight} x ${name}`;
}

function checkNetworks(networks: readonly WeightedWorkload[]): void {
  if (networks.length === 0) throw fault("there is no network to combine", "give one at least");
  networks.forEach(({ workload: { name, networks: parts }, weight = 1 }, i) => {
    if (!Number.isSafeInteger(weight) || weight < 1) {
      throw fault(
        `the weight of ${name} is ${weight}`,
        "give a whole number of at least 1; all of them may grow alike",
      );
    }
    if (networks.findIndex(({ workload }) => workload.name === name) !== i) {
      throw fault(`two networks are called ${name}`, "name them differently, or give one of them a weight of 2");
    }
    if (parts !== undefined && (networks.length > 1 || weight > 1)) {
      throw fault(
        `${name} is several networks already`,
        `give ${parts.map((part) => part.name).join(", ")} by themselves`,
      );
    }
  });
}

function fault(problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", problem, fix });
}
