import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  type Architecture,
  accessPrices,
  type Cost,
  emptyNeeds,
  type Mapping,
  machineOf,
  type Problem,
  pointFromMapping,
  type Target,
} from "@loopnest/mapspace";
import { analyticalModel, evaluate, tableFromActions } from "@loopnest/model-analytical";
import { medianSeconds } from "../timing.js";

/**
 * Evaluations of a family of golden records: by `evaluate`, and as layers of a model prepared once. Argument: the
 * family's file.
 */
const WHOLE_TURNS = 10;
const PREPARED_TURNS = 100;
const MOST_RECORDS = 60;

interface Accepted {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly mapping: Mapping;
  readonly expected: { readonly cycles: number };
}

const records = gunzipSync(readFileSync(process.argv[2]!))
  .toString("utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Accepted)
  .slice(0, MOST_RECORDS);

const layers = records.map(({ problem, architecture, mapping, expected }) => {
  const { target, table } = asTarget(architecture, mapping);
  const layer = analyticalModel(target, { table }).layer(problem);
  const { nest } = pointFromMapping(layer.space, mapping);
  const machine = machineOf(architecture);
  const needs = emptyNeeds(nest.levelCount);
  const cost: Cost = { energyPj: 0, latencyCycles: 0 };
  layer.needs(nest, needs);
  layer.evaluate(nest, machine, "exact", cost);
  if (cost.latencyCycles !== expected.cycles) throw new Error(`${cost.latencyCycles} cycles, not ${expected.cycles}`);
  return { layer, nest, machine, needs, cost };
});

const [whole, prepared] = medianSeconds([
  () => {
    for (const { problem, architecture, mapping } of records) {
      for (let turn = 0; turn < WHOLE_TURNS; turn++) evaluate(problem, architecture, mapping);
    }
  },
  () => {
    for (const { layer, nest, machine, needs, cost } of layers) {
      for (let turn = 0; turn < PREPARED_TURNS; turn++) {
        layer.needs(nest, needs);
        layer.evaluate(nest, machine, "exact", cost);
      }
    }
  },
]);
console.log(
  JSON.stringify({
    records: records.length,
    evaluatePerSecond: (records.length * WHOLE_TURNS) / whole!,
    preparedPerSecond: (records.length * PREPARED_TURNS) / prepared!,
  }),
);

/**
 * A target without free sizes that is an architecture; its mapspace has every loop in time, and the spatial ones of a
 * mapping.
 */
function asTarget(architecture: Architecture, mapping: Mapping) {
  const target: Target = {
    name: architecture.name,
    description: "",
    source: "",
    sizes: [],
    energyTable: "own",
    levels: architecture.levels.map((level, l) => {
      const { spatial, keeps } = mapping[l]!;
      const dims = (axis: "X" | "Y") => spatial.flatMap(([dim, , of]) => (of === axis ? [dim] : [])).reverse();
      return {
        name: level.name,
        kind: "scratchpad",
        keeps,
        wordBits: level.wordBits,
        blockSize: level.blockSize,
        rowsPerInstance: level.capacityWords === null ? null : level.capacityWords / level.blockSize,
        bandwidthWordsPerCycle: level.bandwidthWordsPerCycle,
        instances: level.instances,
        meshX: level.meshX,
        space: {
          temporal: "all",
          order: "any",
          spatialX: dims("X"),
          spatialY: dims("Y"),
        },
      };
    }),
    compute: { instances: architecture.compute.instances, meshX: architecture.compute.meshX, macBits: 8 },
  };
  const table = tableFromActions({
    levels: Object.fromEntries(
      architecture.levels.map((level) => [
        level.name,
        { energyPerVectorAccessPj: accessPrices(level).energyPerVectorAccessPj },
      ]),
    ),
    mac: { energyPj: architecture.compute.energyPj },
  });
  return { target, table };
}
