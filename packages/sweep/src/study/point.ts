/**
 * What one search of a study is about: one value of every field that the study names. Others take the defaults of
 * `loopnest search`.
 */
export interface Point {
  /** A network by name or file, or several that share the accelerator. */
  readonly workload: string | readonly string[];
  /** Name or file. */
  readonly target?: string;
  /** Name or file; the target's own unless given. */
  readonly energyTable?: string;
  /** Name or file of a learned model. */
  readonly model?: string;
  /** Deviations of the learned model that every latency is counted slower. */
  readonly uncertaintyPenalty?: number;
  readonly counts?: string;
  /** `auto`, `off`, or a share such as `5%`. */
  readonly pad?: string;
  readonly objective?: string;
  /** mm2; no limit if `null`. */
  readonly maxAreaMm2?: number | null;
  /** Of the whole network; no limit if `null`. */
  readonly maxLatencyCycles?: number | null;
  /** Of the whole network; no limit if `null`. */
  readonly maxEnergyUj?: number | null;
  /** Energy x delay of the whole network, in uJ x cycles; no limit if `null`. */
  readonly maxEdp?: number | null;
  /** Share of the best value within which the smallest design is wanted. */
  readonly within?: number | null;
  /** Sizes of the target that are given, not searched. */
  readonly fix?: Readonly<Record<string, number>>;
  /** How often each of several networks runs beside the others. */
  readonly weight?: Readonly<Record<string, number>>;
  /** Sizes of a built-in network, or that an ONNX model leaves open. */
  readonly dim?: Readonly<Record<string, number>>;
  readonly method?: string;
  readonly samples?: number;
  readonly starts?: number;
  readonly steps?: number;
  readonly orders?: string;
  readonly gap?: number;
  readonly designs?: number;
  readonly seed?: number;
}

/** A field of a point. */
export type PointField = keyof Point;

/** A point in words: `bert, eyeriss, maxAreaMm2 2, seed 3`. */
export function pointText(point: Point): string {
  const { workload, target, method, objective, ...rest } = point;
  const networks = typeof workload === "string" ? workload : workload.join(" + ");
  const named = [networks, target, method, objective].filter((text) => text !== undefined);
  return [...named, ...Object.entries(rest).flatMap(([field, value]) => fieldText(field, value))].join(", ");
}

function fieldText(field: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object") return [`${field} ${value}`];
  const sizes = Object.entries(value).map(([name, size]) => `${name}=${size}`);
  return sizes.length === 0 ? [] : [`${field} ${sizes.join(" ")}`];
}
