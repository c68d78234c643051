import { LoopnestError, mergeLayers, type Workload } from "@loopnest/mapspace";

/** Most layers that are searched together: a run of them takes about half a megabyte each. */
const MOST_LAYERS = 1500;

/**
 * Refuses a network that a search would run out of memory with, before it begins.
 *
 * @throws LoopnestError `input` if it has more than 1,500 layers.
 */
export function refuseManyLayers({ name, layers }: Workload): void {
  if (layers.length <= MOST_LAYERS) return;
  const distinct = mergeLayers(layers).length;
  throw new LoopnestError({
    code: "input",
    path: name,
    problem: `${layers.length} layers, ${distinct} of them distinct, where a search holds ${MOST_LAYERS} at most`,
    fix:
      distinct <= MOST_LAYERS
        ? "write layers of one shape once, with a count"
        : "search parts of the network, or map single layers with --layer",
  });
}
