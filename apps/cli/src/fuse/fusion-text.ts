import type { FusedNetwork } from "@loopnest/optimizers";
import { fusionLines, plainTable, proofSpace, type TextStyle, terminalText } from "@loopnest/report";
import type { RunResult } from "../run-folder/run-result.js";

/** A network with and without fusion, for people: how near to the best both are, of which space, and the run. */
export function fusionText(title: string, network: FusedNetwork, result: RunResult, style: TextStyle): string {
  const rows = [
    ["proved", proofText(network)],
    ["proven of", proofSpace(result)],
  ];
  const proof = plainTable([{ title: "" }, { title: "", wraps: true }], rows, style.columns)
    .split("\n")
    .slice(1);
  return [style.bold(terminalText(title)), "", ...proof, ...fusionLines(result, style), ""].join("\n");
}

/** How near to the best both are proved to be. */
function proofText({ apart, fused, free }: FusedNetwork): string {
  if (free.length > 0) {
    const here = `layer by layer ${gapText(apart.gap)} on this hardware`;
    return `${here}, fused ${gapText(fused.gap)} on any (${free.join(", ")} free)`;
  }
  if (apart.gap === 0 && fused.gap === 0) return "each line is the best there is";
  return `layer by layer ${gapText(apart.gap)}, fused ${gapText(fused.gap)}`;
}

function gapText(gap: number): string {
  return gap === 0 ? "the best there is" : `at most ${(100 * gap).toFixed(2)} % above the best there is`;
}
