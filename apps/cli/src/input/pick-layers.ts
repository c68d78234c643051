import { unknownName, type Workload } from "@loopnest/mapspace";

/**
 * Some layers of a workload, in its order; without what operators that are no layers move, and without the networks
 * that none of them is in.
 *
 * @param names All layers if there are none.
 * @throws LoopnestError `input` for a name that no layer has.
 */
export function pickLayers(workload: Workload, names: readonly string[]): Workload {
  const all = workload.layers.map(({ problem }) => problem.name);
  for (const name of names) if (!all.includes(name)) throw unknownName("layer", name, all, "--layer");
  if (names.length === 0) return workload;
  const picked = <T>(entries: readonly T[]) => entries.filter((_, i) => names.includes(all[i]!));
  const { dataMovement: _, unmodelled: __, networks, edges, ...rest } = workload;
  return {
    ...rest,
    layers: picked(workload.layers),
    ...(edges !== undefined && { edges: edges.filter(({ from, to }) => names.includes(from) && names.includes(to)) }),
    ...(networks !== undefined && {
      networks: networks
        .map((network) => ({ ...network, layerCounts: picked(network.layerCounts), movementCounts: [] }))
        .filter(({ layerCounts }) => layerCounts.some((count) => count > 0)),
    }),
  };
}
