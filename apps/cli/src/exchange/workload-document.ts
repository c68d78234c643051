import {
  type ConvShape,
  conv,
  type Layer,
  type Problem,
  type Rank,
  splitBits,
  type Workload,
} from "@loopnest/mapspace";

/** A workload as people write it: each layer by the shorthand for a convolution, if it is one, else in full. */
export function workloadDocument({ layers, ...rest }: Workload): unknown {
  const { dataMovement, ...head } = rest;
  return { ...head, layers: layers.map(layerDocument), ...(dataMovement !== undefined && { dataMovement }) };
}

function layerDocument({ problem, count }: Layer): unknown {
  const often = count === 1 ? {} : { count };
  const { plain, bits } = splitBits(problem);
  const shape = convShape(plain);
  if (shape === null) return { ...often, problem };
  return { ...often, conv: shape, ...(Object.keys(bits).length > 0 && { bits }) };
}

/** The shorthand that stands for a problem; null if there is none. */
function convShape(problem: Problem): ConvShape | null {
  const { R, S, P, Q, C, K, N, G } = problem.dims;
  const inputs = problem.tensors.find(({ name }) => name === "Inputs")?.ranks.slice(-2) ?? [];
  if (!R || !S || !P || !Q || !C || !K) return null;
  const stride = pair(inputs, ["P", "Q"]);
  const dilation = pair(inputs, ["R", "S"]);
  const shape: ConvShape = {
    ...{ name: problem.name, R, S, P, Q, C, K },
    ...(N !== undefined && N !== 1 && { N }),
    ...(G !== undefined && { G }),
    ...(stride !== 1 && { stride }),
    ...(dilation !== 1 && { dilation }),
  };
  return JSON.stringify(conv(shape)) === JSON.stringify(problem) ? shape : null;
}

/** Coefficients of a dimension of each direction; one number if they are equal. */
function pair(ranks: readonly Rank[], dims: readonly [string, string]): number | readonly [number, number] {
  const [height, width] = dims.map((dim) => ranks.flat().find(([own]) => own === dim)?.[1] ?? 1) as [number, number];
  return height === width ? height : [height, width];
}
