import { type Workload, workload } from "@loopnest/mapspace";

/** A network on an array of one size, taken once round the circle. */
export interface Experiment {
  readonly name: string;
  /** Cut to size by its input, so that the whole network runs in RTL in a few seconds. */
  readonly workload: Workload;
  readonly peDim: number;
  /** Mappings measured before the first calibration. */
  readonly firstSamples: number;
  /** Mappings proposed by the model's uncertainty that are measured after each search but the last. */
  readonly furtherSamples: number;
  /** Calibrations; a search and its measurement follow each. */
  readonly rounds: number;
}

const SAMPLES = { firstSamples: 200, furtherSamples: 30, rounds: 3 };

export const experiments: readonly Experiment[] = [
  { name: "mobilenet-v2", workload: workload("mobilenet-v2", { imageSize: 64 }), peDim: 16, ...SAMPLES },
  { name: "resnet18", workload: workload("resnet18", { imageSize: 64 }), peDim: 16, ...SAMPLES },
  { name: "resnet50", workload: workload("resnet50", { imageSize: 64 }), peDim: 8, ...SAMPLES },
];
