import type { Node } from "../model/model.js";

/** Gives every node a name of its own that can be a part of a file's name. */
export interface Names {
  of(node: Node): string;
}

/** Longest name, so that a folder, a number and an ending find room beside it. */
const LONGEST = 60;

/**
 * Names of nodes are paths in exports of PyTorch: the convolution `/layer1/layer1.0/conv1/Conv` is `layer1.0.conv1`. A
 * node without a name is called after its operator; one whose name is taken gets a number behind it.
 *
 * @param isLayer Whether an operator makes layers, whose names stand for the module that they are in.
 */
export function nodeNames(isLayer: (operator: string) => boolean): Names {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  return {
    of({ name, operator }) {
      const base = safe(readable(name, isLayer(operator) ? operator : null)) || safe(operator) || "node";
      // Names that differ in case only are one file on some systems.
      const key = base.toLowerCase();
      let unique = base;
      let number = numbers.get(key) ?? 2;
      for (; taken.has(unique.toLowerCase()); number++) unique = `${base}-${number}`;
      numbers.set(key, number);
      taken.add(unique.toLowerCase());
      return unique;
    },
  };
}

/** @param operator Left out at the end of the path. */
function readable(name: string, operator: string | null): string {
  const steps = name.split("/").filter((step) => step !== "");
  // The last step of a path is the operator, and a step repeats what the one before it says.
  if (steps.length > 1 && steps.at(-1)!.replace(/_\d+$/, "") === operator?.split(".").at(-1)) steps.pop();
  return steps.filter((step, i) => !steps[i + 1]?.startsWith(`${step}.`)).join(".");
}

function safe(text: string): string {
  return text
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(-LONGEST)
    .replace(/^[-.]+/, "");
}
