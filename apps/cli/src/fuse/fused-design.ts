import type { Workload } from "@loopnest/mapspace";
import { heldTensors } from "@loopnest/model-analytical";
import type { Design, FusedNetwork, LayerResult } from "@loopnest/optimizers";
import { Failure } from "../errors/failure.js";
import type { FusedLayers } from "../run-folder/evaluated-run.js";
import type { RunResult } from "../run-folder/run-result.js";

/** A layer as it runs: by itself, or at a place of a segment. */
interface RunningLayer extends Pick<LayerResult, "name" | "count" | "mapping"> {
  readonly segment: number | null;
  readonly held?: readonly string[];
}

/** A fused network as a design whose layers are those that run, in the order of the workload. */
export function fusedDesign(workload: Workload, network: FusedNetwork): { best: Design; fused: FusedLayers } {
  const { singles, segments, edges, apartMappings, fused, hardware, areaMm2, home } = network;
  const { layers, edges: known = [] } = workload;
  const problems = new Map(layers.map(({ problem }) => [problem.name, problem]));
  const order = layers.map(({ problem }) => problem.name);
  const running = [
    ...singles.map(({ layer, count, mapping }): RunningLayer => ({ name: layer, count, mapping, segment: null })),
    ...segments.flatMap(({ layers: names, edges: own, count, fused: { mappings } }, segment) => {
      const chain = names.map((name) => ({ problem: problems.get(name)! }));
      const between = own.map((e) => known[e]!);
      return names.map((name, k): RunningLayer => {
        return { name, count, mapping: mappings[k]!, segment, held: heldTensors(chain, between, k) };
      });
    }),
  ].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const ran = running.map(({ name, count }) => ({ problem: problems.get(name)!, count }));
  const { value, energyUj, latencyCycles } = fused;
  return {
    best: {
      ...{ hardware, areaMm2, value, energyUj, latencyCycles, edp: energyUj * latencyCycles },
      layers: running.map(({ name, count, mapping }) => ({ name, count, mapping, energyPj: 0, latencyCycles: 0 })),
    },
    fused: {
      home,
      ran: { ...workload, layers: ran },
      mappings: running.map(({ mapping }) => mapping),
      held: running.map(({ held }) => held),
      segments: segments.map(({ edges: own, count }, s) => ({
        layers: placesOf(segments[s]!.layers, running, s),
        edges: own,
        count,
      })),
      reasons: edges.map(({ reason }) => reason),
      apart: apartMappings,
    },
  };
}

function placesOf(names: readonly string[], running: readonly RunningLayer[], segment: number): number[] {
  const places = running.flatMap((own, i) => (own.segment === segment ? [i] : []));
  return names.map((name) => places.find((i) => running[i]!.name === name)!);
}

/** Sums of the same terms in another order. */
const RELATIVE_TOLERANCE = 1e-9;

/**
 * Compares what the search says of a fused network with what the exact model says from mappings alone.
 *
 * @throws Failure if a figure differs: then nothing may be reported.
 */
export function checkFusion({ apart, fused, segments }: FusedNetwork, { totals, fusion }: RunResult): void {
  const exact = fusion!;
  const pairs: [what: string, searched: number, exact: number][] = [
    ["energy", fused.energyUj, totals.energyUj],
    ["latency", fused.latencyCycles, totals.latencyCycles],
    ["words of the outermost level", fused.outermostWords, exact.outermostWords],
    ["energy layer by layer", apart.energyUj, exact.apart.energyUj],
    ["latency layer by layer", apart.latencyCycles, exact.apart.latencyCycles],
    ["words of the outermost level layer by layer", apart.outermostWords, exact.apart.outermostWords],
    ...segments.flatMap(({ layers, fused: own }, s) => {
      const found = exact.segments[s]!;
      const of = layers.join(" > ");
      return [
        [`energy of ${of}`, own.energyPj, found.energyPj],
        [`latency of ${of}`, own.latencyCycles, found.latencyCycles],
        ...own.words.occupied.map((words, k) => [`words at ${layers[k]}`, words, found.words.occupied[k]!]),
      ] as [string, number, number][];
    }),
  ];
  const wrong = pairs.filter(([, a, b]) => !(Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(a, b)));
  if (wrong.length === 0) return;
  const lines = wrong.map(([what, a, b]) => `  ${what}: ${a} in the search, ${b} by the exact model`);
  throw new Failure(
    `the search's figures do not reproduce, so no result is reported; please report this\n${lines.join("\n")}`,
  );
}
