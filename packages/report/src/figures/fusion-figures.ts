import type { Architecture, Counts, Mapping, Workload } from "@loopnest/mapspace";
import { evaluate, evaluateSegment, outermostWords } from "@loopnest/model-analytical";
import type { NetworkTotals } from "./figures.js";
import { handedOver } from "./handed-over.js";
import { movementFigures } from "./movement-figures.js";
import { networkTotals } from "./network-totals.js";
import type { FusionCost, RunEdge, RunFusion, RunSegment } from "./run-fusion.js";

/** What a search says of a fused network that its figures are worked out from. */
export interface FusedDesign {
  /** The level that holds what layers hand over. */
  readonly home: string;
  /** Layers as they run, and their mappings. */
  readonly ran: Workload;
  readonly mappings: readonly Mapping[];
  readonly segments: readonly Pick<RunSegment, "layers" | "edges" | "count">[];
  /** Why edges are not fused everywhere, one per edge. */
  readonly reasons: readonly RunEdge["reason"][];
  /** The best mapping of every layer of the workload in a network without fusion. */
  readonly apart: readonly Mapping[];
}

/**
 * Works out what a network gains from what stays on chip, from mappings alone.
 *
 * @param value The objective's value of totals.
 * @throws LoopnestError as `evaluateSegment`.
 */
export function fusionFigures(
  workload: Workload,
  architecture: Architecture,
  { home, ran, mappings, segments, reasons, apart }: FusedDesign,
  counts: Counts,
  value: (totals: NetworkTotals) => number,
): RunFusion {
  const { edges = [] } = workload;
  const alone = workload.layers.map(({ problem }, i) => evaluate(problem, architecture, apart[i]!, counts));
  const place = new Map(workload.layers.map(({ problem }, i) => [problem.name, i]));
  const inSegments = new Set(segments.flatMap(({ layers }) => layers));
  const figures = segments.map(({ layers, edges: own, count }): RunSegment => {
    const chain = layers.map((i) => ({ problem: ran.layers[i]!.problem, mapping: mappings[i]! }));
    const found = evaluateSegment(
      chain,
      own.map((e) => edges[e]!),
      architecture,
      counts,
    );
    return {
      ...{ layers, edges: own, count, loops: found.loops, words: found.words },
      ...costOf(found.layers),
      apart: costOf(chain.map(({ problem }) => alone[place.get(problem.name)!]!)),
    };
  });
  const lone = ran.layers.reduce((sum, { problem, count }, i) => {
    if (inSegments.has(i)) return sum;
    return sum + count * outermostWords(evaluate(problem, architecture, mappings[i]!, counts));
  }, 0);
  const totals = networkTotals(
    workload.layers.map(({ count }, i) => ({ ...alone[i]!, count })),
    workload.dataMovement && movementFigures(workload.dataMovement, architecture),
    architecture.compute,
  );
  return {
    home,
    capacityWords: architecture.levels.find(({ name }) => name === home)?.capacityWords ?? null,
    outermostWords: figures.reduce((sum, own) => sum + own.count * own.outermostWords, lone),
    apart: {
      value: value(totals),
      ...{ energyUj: totals.energyUj, latencyCycles: totals.latencyCycles },
      outermostWords: workload.layers.reduce((sum, { count }, i) => sum + count * outermostWords(alone[i]!), 0),
      mappings: apart,
    },
    segments: figures,
    edges: edges.map(({ from, to, count }, e): RunEdge => {
      const fused = segments.reduce((n, own) => n + own.count * own.edges.filter((other) => other === e).length, 0);
      const [producer, consumer] = [from, to].map((name) => workload.layers[place.get(name)!]!.problem);
      const over = handedOver(edges[e]!, producer!, consumer!);
      return { from, to, count, fused, reason: fused === count ? null : reasons[e]!, ...over };
    }),
  };
}

function costOf(evaluations: readonly ReturnType<typeof evaluate>[]): FusionCost {
  const sum = (of: (evaluation: ReturnType<typeof evaluate>) => number) =>
    evaluations.reduce((all, evaluation) => all + of(evaluation), 0);
  return {
    energyPj: sum(({ energyPj }) => energyPj),
    latencyCycles: sum(({ cycles }) => cycles),
    outermostWords: sum(outermostWords),
  };
}
