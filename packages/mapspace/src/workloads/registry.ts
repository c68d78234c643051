import { unknownName } from "../errors/did-you-mean.js";
import { LoopnestError } from "../errors/loopnest-error.js";
import type { Workload } from "../workload/workload.js";
import { bertBase } from "./bert-base.js";
import { dosaBert } from "./dosa-bert.js";
import { dosaRetinanet } from "./dosa-retinanet.js";
import { efficientnetB0 } from "./efficientnet-b0.js";
import { gpt2 } from "./gpt2.js";
import { llama3_8b } from "./llama-3-8b.js";
import { mobilenetV2 } from "./mobilenet-v2.js";
import { resnet18, resnet50 } from "./resnet.js";
import { retinanetResnet50Fpn } from "./retinanet-resnet50-fpn.js";
import { unet } from "./unet.js";
import { vitB16 } from "./vit-b16.js";

/** Sizes that a built-in network can be given; each network takes some of them and has a default for each. */
export interface WorkloadSizes {
  /** Height and width of an image network's input, in pixels. */
  readonly imageSize?: number;
  /** Tokens read at once. */
  readonly sequence?: number;
  /** Tokens that a decoded one looks at, itself included. */
  readonly context?: number;
  /** Images or sequences at a time. */
  readonly batch?: number;
}

interface BuiltIn {
  /** The sizes that it takes, at their defaults. */
  readonly sizes: WorkloadSizes;
  readonly build: (sizes: WorkloadSizes) => Workload;
}

const fixed = (build: () => Workload): BuiltIn => ({ sizes: {}, build });
const image = (build: BuiltIn["build"], imageSize = 224): BuiltIn => ({ sizes: { imageSize, batch: 1 }, build });
const prompt = (sequence: number, build: BuiltIn["build"]): BuiltIn => ({ sizes: { sequence, batch: 1 }, build });
const token = (context: number, build: BuiltIn["build"]): BuiltIn => ({ sizes: { context, batch: 1 }, build });

/** A function marked pure, so that bundlers leave out the networks of a program that asks for none by name. */
function builtIn(): Readonly<Record<string, BuiltIn>> {
  return {
    bert: fixed(dosaBert),
    resnet50: image(resnet50),
    retinanet: fixed(dosaRetinanet),
    unet: fixed(unet),
    resnet18: image(resnet18),
    "mobilenet-v2": image(mobilenetV2),
    "efficientnet-b0": image(efficientnetB0),
    "retinanet-resnet50-fpn": image(retinanetResnet50Fpn, 800),
    "bert-base": prompt(128, bertBase),
    "vit-b16": image(vitB16),
    "gpt2-prefill": prompt(1024, (sizes) => gpt2({ phase: "prefill", ...sizes })),
    "gpt2-decode": token(1024, (sizes) => gpt2({ phase: "decode", ...sizes })),
    "llama-3-8b-prefill": prompt(2048, (sizes) => llama3_8b({ phase: "prefill", ...sizes })),
    "llama-3-8b-decode": token(2048, (sizes) => llama3_8b({ phase: "decode", ...sizes })),
  };
}

const BUILT_IN = /* @__PURE__ */ builtIn();

/** Names that `builtInWorkload` knows: DOSA's four first. */
export const workloadNames: readonly string[] = /* @__PURE__ */ Object.keys(BUILT_IN);

/**
 * A built-in network, at its default sizes (see `workloadSizes`) unless given others.
 *
 * @throws LoopnestError `input` for an unknown name, with the similar ones, or a size that the network does not take or
 * cannot have.
 */
export function builtInWorkload(name: string, sizes: WorkloadSizes = {}): Workload {
  const network = named(name);
  for (const [size, value] of Object.entries(sizes)) {
    if (value !== undefined) checkTaken(name, size, Object.keys(network.sizes));
  }
  return network.build(sizes);
}

/**
 * The sizes that a built-in network can be given, at their defaults; none for a network of one size.
 *
 * @throws LoopnestError `input` for an unknown name, with the similar ones.
 */
export function workloadSizes(name: string): WorkloadSizes {
  return named(name).sizes;
}

function named(name: string): BuiltIn {
  const network = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
  if (network === undefined) throw unknownName("built-in workload", name, workloadNames, "workload");
  return network;
}

function checkTaken(name: string, size: string, takes: readonly string[]): void {
  if (takes.includes(size)) return;
  if (takes.length > 0) throw unknownName(`size of ${name}`, size, takes, `workload.${size}`);
  throw new LoopnestError({
    code: "input",
    path: `workload.${size}`,
    problem: `${name} has one size only`,
    fix: `leave ${size} out`,
    got: size,
  });
}
