import type { Architecture, LevelMapping, Problem, StorageLevel } from "@loopnest/mapspace";
import type { Case } from "./arbitrary-case.js";

/** A level of a small machine with its loops; what is left out is empty, kept, or as large as need be. */
export interface SmallLevel {
  readonly temporal?: LevelMapping["temporal"];
  readonly spatial?: LevelMapping["spatial"];
  /** Tensors that the mapping keeps here; all unless given. */
  readonly keeps?: readonly string[];
  /** Columns and rows of children of one instance; as many as the loops take unless given. */
  readonly fanOut?: readonly [columns: number, rows: number];
  readonly hardware?: Partial<StorageLevel>;
}

/**
 * A problem on a machine of levels L0 (outermost), L1 and so on. Every access costs 1 pJ; nothing limits unless said.
 */
export function smallCase(problem: Problem, levels: readonly SmallLevel[]): Case {
  const tensors = problem.tensors.map((tensor) => tensor.name);
  let columns = 1;
  let rows = 1;
  const built = levels.map(({ spatial = [], fanOut, hardware }, l): StorageLevel => {
    const own = { instances: columns * rows, meshX: columns };
    const unrolled = (axis: string) => spatial.reduce((n, loop) => (loop[2] === axis ? n * loop[1] : n), 1);
    columns *= fanOut?.[0] ?? unrolled("X");
    rows *= fanOut?.[1] ?? unrolled("Y");
    return {
      name: `L${l}`,
      keeps: tensors,
      wordBits: 8,
      blockSize: 1,
      capacityWords: null,
      bandwidthWordsPerCycle: null,
      energyPerVectorAccessPj: 1,
      areaPerInstanceUm2: 1,
      ...own,
      ...hardware,
    };
  });
  const architecture: Architecture = {
    name: "small",
    levels: built,
    compute: { instances: columns * rows, meshX: columns, energyPj: 1, areaPerInstanceUm2: 1 },
  };
  const mapping = levels.map(({ temporal = [], spatial = [], keeps = tensors }, l) => ({
    level: `L${l}`,
    temporal,
    spatial,
    keeps,
  }));
  return { problem, architecture, mapping };
}

/** A 1-D convolution: Weights[K, R], Inputs[P + R], Outputs[K, P]. */
export function slidingProblem(bounds: { readonly P: number; readonly R: number; readonly K?: number }): Problem {
  return {
    name: "1-D convolution",
    dims: { P: bounds.P, R: bounds.R, K: bounds.K ?? 1 },
    tensors: [
      { name: "Weights", role: "input", ranks: [[["K", 1]], [["R", 1]]] },
      {
        name: "Inputs",
        role: "input",
        ranks: [
          [
            ["P", 1],
            ["R", 1],
          ],
        ],
      },
      { name: "Outputs", role: "output", ranks: [[["K", 1]], [["P", 1]]] },
    ],
  };
}
