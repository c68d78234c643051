import { type ErrorData, LoopnestError } from "@loopnest/mapspace";
import { useState } from "preact/hooks";
import { filesOf, type NamedFile } from "../files/named-file.js";
import type { Transition } from "../state/transitions.js";

/** Files that are being opened, or could not be. */
export interface Opening {
  /** What is wrong with the files that were given last; `null` if nothing is. */
  readonly fault: ErrorData | null;
  /** Whether sizes that a model leaves open may help. */
  readonly takesDims: boolean;
  open(items: DataTransfer | FileList | readonly NamedFile[]): Promise<void>;
  /** Opens the same files again with sizes by name. */
  again(dims: Readonly<Record<string, number>>): Promise<void>;
  dismiss(): void;
}

/** Opens files into the state. */
export function useOpening(update: (transition: Transition) => void): Opening {
  const [fault, setFault] = useState<ErrorData | null>(null);
  const [files, setFiles] = useState<readonly NamedFile[]>([]);
  const read = async (given: readonly NamedFile[], dims: Readonly<Record<string, number>>) => {
    try {
      const { openFiles } = await import("../files/open-files.js");
      for (const transition of await openFiles(given, dims)) update(transition);
      setFault(null);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      setFault(error instanceof LoopnestError ? error.data : { code: "unsupported", problem });
    }
  };
  return {
    fault,
    takesDims: files.some(({ name }) => /\.onnx$/i.test(name)),
    async open(items) {
      const given = Array.isArray(items) ? (items as readonly NamedFile[]) : await filesOf(items as FileList);
      if (given.length === 0) return;
      setFiles(given);
      await read(given, {});
    },
    again: (dims) => read(files, dims),
    dismiss: () => setFault(null),
  };
}
