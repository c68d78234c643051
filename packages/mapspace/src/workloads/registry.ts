import { unknownName } from "../did-you-mean.js";
import type { Workload } from "../workload.js";
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

const BUILT_IN: Readonly<Record<string, () => Workload>> = {
  bert: dosaBert,
  resnet50,
  retinanet: dosaRetinanet,
  unet,
  resnet18,
  "mobilenet-v2": mobilenetV2,
  "efficientnet-b0": efficientnetB0,
  "retinanet-resnet50-fpn": retinanetResnet50Fpn,
  "bert-base": bertBase,
  "vit-b16": vitB16,
  "gpt2-prefill": () => gpt2({ phase: "prefill" }),
  "gpt2-decode": () => gpt2({ phase: "decode" }),
  "llama-3-8b-prefill": () => llama3_8b({ phase: "prefill" }),
  "llama-3-8b-decode": () => llama3_8b({ phase: "decode" }),
};

/** Names that `workload` knows: DOSA's four first. */
export const workloadNames: readonly string[] = /* @__PURE__ */ Object.keys(BUILT_IN);

/**
 * A built-in network at its default size. The functions of each network (`bertBase`, `gpt2`, ...) take other sizes.
 *
 * @throws LoopnestError `input` for an unknown name, with the similar ones.
 */
export function workload(name: string): Workload {
  const build = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
  if (build === undefined) throw unknownName("built-in workload", name, workloadNames, "workload");
  return build();
}
