import {
  builtInTarget,
  builtInWorkload,
  conv,
  depthwiseConv,
  type Layer,
  matmul,
  type Problem,
  type Target,
  type Workload,
} from "@loopnest/mapspace";
import type { Objective, ObjectiveName } from "@loopnest/optimizers";

/** One question to a search: the best design of a network on a target, under an objective and its limits. */
export interface Question {
  readonly target: Target;
  readonly workload: Workload;
  readonly objective: Objective;
}

/** Names a question in tables. */
export function title({ target, workload, objective }: Question): string {
  const limits = [
    objective.maxAreaMm2 === undefined ? [] : [`within ${objective.maxAreaMm2} mm2`],
    objective.maxLatencyCycles === undefined ? [] : [`within ${objective.maxLatencyCycles.toExponential()} cycles`],
  ].flat();
  return [`${workload.name} on ${target.name}: ${objective.name}`, ...limits].join(", ");
}

const net = (name: string, ...problems: Problem[]): Workload => ({
  name,
  description: "",
  source: "docs/descent.md",
  layers: problems.map((problem): Layer => ({ problem, count: 1 })),
});

/** Shapes that divide badly, slide oddly, or are so small or flat that most of a machine is idle. */
const ODD: readonly Workload[] = [
  net("prime product", matmul({ name: "a", m: 113, n: 131, k: 109 })),
  net("tiny product", matmul({ name: "a", m: 3, n: 2, k: 7 })),
  net("vector product", matmul({ name: "a", m: 1, n: 4096, k: 1000 })),
  net(
    "strided",
    conv({ name: "a", R: 1, S: 1, P: 14, Q: 14, C: 96, K: 192, stride: 4 }),
    conv({ name: "b", R: 2, S: 2, P: 28, Q: 28, C: 16, K: 48, stride: 5 }),
  ),
  net("dilated", conv({ name: "a", R: 3, S: 3, P: 33, Q: 33, C: 32, K: 48, dilation: 12 })),
  net(
    "odd window",
    conv({ name: "a", R: 5, S: 3, P: 23, Q: 21, C: 19, K: 26 }),
    matmul({ name: "b", m: 1, n: 512, k: 1536 }),
  ),
  net("depthwise", depthwiseConv({ name: "a", R: 5, S: 5, P: 28, Q: 28, channels: 120 })),
];

/** Windows whose strides leave gaps, and primes beside powers of two: where small areas have many local optima. */
const GAPS: readonly Workload[] = [
  net(
    "gaps",
    conv({ name: "a", R: 1, S: 1, P: 28, Q: 28, C: 64, K: 128, stride: 4 }),
    conv({ name: "b", R: 2, S: 2, P: 14, Q: 14, C: 32, K: 64, stride: 7 }),
  ),
  net(
    "mixed primes",
    conv({ name: "a", R: 5, S: 7, P: 17, Q: 19, C: 23, K: 29 }),
    matmul({ name: "b", m: 1, n: 1000, k: 2048 }),
  ),
];

const gemmini = builtInTarget("gemmini");
const small = (name: string, changes: Readonly<Record<string, number>>): Target => ({
  ...gemmini,
  name,
  sizes: gemmini.sizes.map((size) => ({ ...size, max: changes[size.name] ?? size.max, default: size.min })),
});

/** Machines that no built-in target is: small, with a narrow DRAM, and one whose rows hold a power of two only. */
const CUSTOM: readonly Target[] = [
  small("gemmini up to 32 x 32", { peDim: 32, scratchpadKb: 64, accumulatorKb: 32 }),
  {
    ...gemmini,
    name: "gemmini, DRAM of 1 word a cycle",
    levels: gemmini.levels.map((level, l) => (l === 0 ? { ...level, bandwidthWordsPerCycle: { shared: 1 } } : level)),
  },
  {
    ...gemmini,
    name: "gemmini in steps of 8",
    sizes: gemmini.sizes.map((size) => ({ ...size, min: 8, step: 8, default: 8 })),
  },
];

const BUILT_IN = ["gemmini", "eyeriss", "simba", "nvdla-small", "nvdla-large", "tpu-v1"].map((name) =>
  builtInTarget(name),
);
const OBJECTIVES: readonly ObjectiveName[] = ["edp", "energy", "latency", "edap"];

function questions(
  targets: readonly Target[],
  workloads: readonly Workload[],
  objectives: readonly Objective[],
): Question[] {
  return targets.flatMap((target) =>
    workloads.flatMap((workload) => objectives.map((objective) => ({ target, workload, objective }))),
  );
}

const names = OBJECTIVES.map((name) => ({ name }));
const bert = builtInWorkload("bert-base");

/** All questions of the bench, the cheap ones first. */
export const descentQuestions: readonly Question[] = [
  ...questions([gemmini], ODD, [{ name: "edp" }, { name: "edp", maxAreaMm2: 1 }, { name: "latency", maxAreaMm2: 0.5 }]),
  ...questions([gemmini], GAPS, [
    { name: "edp", maxAreaMm2: 0.2 },
    { name: "edp", maxAreaMm2: 1 },
    { name: "latency", maxAreaMm2: 0.3 },
  ]),
  ...questions(CUSTOM, ODD.slice(0, 4), [{ name: "edp" }]),
  ...questions(BUILT_IN.slice(1), [ODD[0]!, ODD[3]!], [{ name: "edp" }]),
  ...questions(
    [gemmini],
    [bert],
    [
      ...names,
      { name: "latency", maxAreaMm2: 3 },
      { name: "edp", maxAreaMm2: 1 },
      { name: "energy", maxLatencyCycles: 4e7 },
    ],
  ),
  ...questions([gemmini], [builtInWorkload("resnet50")], names),
  ...questions([builtInTarget("simba")], [bert, builtInWorkload("resnet18")], [{ name: "edp", maxAreaMm2: 20 }]),
  ...questions(BUILT_IN.slice(1), [bert], [{ name: "edp" }]),
];
