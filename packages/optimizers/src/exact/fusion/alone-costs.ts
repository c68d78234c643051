import type { Cost } from "@loopnest/mapspace";
import type { SearchTask } from "../../search/task.js";
import { handedOver, lookOut } from "../proof/layer-parts.js";
import { makeQuestion, type Question } from "../proof/question.js";

/**
 * The question of a task, and costs of layers that are mapped evenly, of which every mapping has one that is more in
 * nothing, on whatever hardware; `null` for layers whose store nodes can be placed apart.
 */
export async function aloneCosts(
  task: SearchTask,
  signal: AbortSignal | undefined,
): Promise<{ question: Question; alone: (Cost[] | null)[] }> {
  const question = makeQuestion(task);
  const floor = question.floor();
  const alone: (Cost[] | null)[] = [];
  for (const [i, { model, count }] of question.network.layers.entries()) {
    if (model.placement !== undefined && model.placement.refusal === null) {
      alone.push(null);
      continue;
    }
    const found = handedOver(await lookOut(question, { seed: 1 }, i, { ...(signal && { signal }) }));
    const { latency, energy } = found?.kind === "outlook" ? found.corners : floor.corners[i]!;
    alone.push(latency.map((cycles, k) => ({ latencyCycles: cycles / count, energyPj: energy[k]! / count })));
  }
  return { question, alone };
}
