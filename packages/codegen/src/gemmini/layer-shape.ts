import type { Mapping, Problem } from "@loopnest/mapspace";

/** Dimensions of a convolution. */
export const DIMS = ["N", "G", "P", "Q", "K", "R", "S", "C"] as const;
export type Dim = (typeof DIMS)[number];

/** A convolution, or a matrix product as one, with the tiles of a mapping. */
export interface TiledShape {
  readonly bounds: Readonly<Record<Dim, number>>;
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** Of everything inside the outermost level: what one step of its loops works on. */
  readonly tile: Readonly<Record<Dim, number>>;
  /** Loops over tiles, outermost first. */
  readonly order: readonly (readonly [dim: Dim, factor: number])[];
  /** Instances across the array: output channels, input channels. */
  readonly columns: number;
  readonly rows: number;
}

/** Reads a mapped problem; `null` if it is no convolution over these dimensions. */
export function tiledShape(problem: Problem, mapping: Mapping): TiledShape | null {
  const inputs = problem.tensors.find(({ name }) => name === "Inputs");
  if (inputs === undefined || Object.keys(problem.dims).some((dim) => !(DIMS as readonly string[]).includes(dim))) {
    return null;
  }
  const ones = () => Object.fromEntries(DIMS.map((dim) => [dim, 1])) as Record<Dim, number>;
  const coefficient = (dim: Dim) => inputs.ranks.flat().find(([name]) => name === dim)?.[1] ?? 1;
  const tile = ones();
  const [outermost, ...inner] = mapping;
  for (const { temporal, spatial } of inner) {
    for (const [dim, factor] of [...temporal, ...spatial]) tile[dim as Dim] *= factor;
  }
  const across = (dim: Dim) =>
    mapping
      .flatMap(({ spatial }) => spatial)
      .filter(([name]) => name === dim)
      .reduce((product, [, factor]) => product * factor, 1);
  return {
    bounds: { ...ones(), ...problem.dims },
    strides: [coefficient("P"), coefficient("Q")],
    dilations: [coefficient("R"), coefficient("S")],
    tile,
    order: (outermost?.temporal ?? []).filter(([, factor]) => factor > 1) as [Dim, number][],
    ...{ columns: across("K"), rows: across("C") },
  };
}
