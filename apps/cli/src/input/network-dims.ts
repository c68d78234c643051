import { workloadNames } from "@loopnest/mapspace";
import { isOnnxFile } from "./onnx-input.js";

/**
 * The sizes that are meant for one of several networks: `network/name=value` is for the network that was given so,
 * `name=value` for all built-in networks and ONNX models; if there are none, for whichever, which will refuse it.
 */
export function networkDims(name: string, given: readonly string[], dims: readonly string[]): string[] {
  const open = given.filter((network) => isOnnxFile(network) || workloadNames.includes(network));
  return dims.flatMap((text) => {
    const meant = given.find((network) => text.startsWith(`${network}/`));
    if (meant !== undefined) return meant === name ? [text.slice(meant.length + 1)] : [];
    return open.length === 0 || open.includes(name) ? [text] : [];
  });
}
