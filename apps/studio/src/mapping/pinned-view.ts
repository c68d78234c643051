import type { Evaluation } from "@loopnest/model-analytical";
import { judge } from "../design/layer-view.js";
import { architectureOf } from "../design/machine.js";
import type { Studio } from "../state/studio.js";

/** What the pinned mapping costs, where it is one of the layer that is looked at; `null` otherwise. */
export function pinnedView({ pinned, layer, network, target }: Studio): Evaluation | null {
  if (pinned === null || pinned.layer !== layer) return null;
  const judged = judge(network.workload.layers[layer]!, architectureOf(target, pinned.hardware), pinned.mapping);
  return "evaluation" in judged ? judged.evaluation : null;
}
