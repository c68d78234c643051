import type { Problem } from "@loopnest/mapspace";

/** What an operator is called by people: from its dimensions, since a problem is a loop nest whatever it is named. */
export function operatorKind({ dims, tensors }: Problem): string {
  const extent = (dim: string) => dims[dim] ?? 1;
  const taps = extent("R") * extent("S");
  const isGrouped = extent("G") > 1;
  if (taps === 1 && Math.min(extent("P"), extent("Q")) === 1) return isGrouped ? "batched product" : "matrix product";
  const weights = tensors.find(({ name }) => name === "Weights");
  const mixesChannels = weights?.ranks.some((rank) => rank.some(([dim]) => dim === "C" && extent("C") > 1)) ?? true;
  if (isGrouped && !mixesChannels) return "depthwise convolution";
  if (isGrouped) return "grouped convolution";
  if (taps === 1) return "1 x 1 convolution";
  return `${extent("R")} x ${extent("S")} convolution`;
}
