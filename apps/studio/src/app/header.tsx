import { builtInTarget, builtInWorkload, targetNames, workloadNames } from "@loopnest/mapspace";
import { useRef } from "preact/hooks";
import { Picker } from "../parts/picker.js";
import type { RoomProps } from "../state/room.js";
import { chooseNetwork, chooseTarget, redo, undo } from "../state/transitions.js";

interface HeaderProps extends RoomProps {
  readonly onOpen: (files: FileList) => void;
}

/** What is on the table: network and machine, and the way back. */
export function Header({ studio, update, onOpen }: HeaderProps) {
  const input = useRef<HTMLInputElement>(null);
  const { network, target, past, future } = studio;
  return (
    <header class="top">
      <a class="skip" href="#main">
        To the content
      </a>
      <h1>
        <img src="./icon.svg" alt="" width="26" height="26" />
        <span>
          loopnest <b>studio</b>
        </span>
      </h1>
      <Picker
        label="Network"
        names={workloadNames}
        chosen={network.builtIn?.name ?? null}
        own={network.workload.name}
        onChoose={(name) => update(chooseNetwork({ workload: builtInWorkload(name), builtIn: { name, sizes: {} } }))}
      />
      <Picker
        label="Machine"
        names={targetNames}
        chosen={target.builtIn}
        own={target.target.name}
        onChoose={(name) => update(chooseTarget({ target: builtInTarget(name), builtIn: name }))}
      />
      <button
        type="button"
        onClick={() => input.current!.click()}
        title="ONNX, network, target, case, or run folder as a zip; or drop them here"
      >
        Open…
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to open"
        onChange={({ currentTarget }) => {
          if (currentTarget.files !== null) onOpen(currentTarget.files);
        }}
      />
      <span class="grow" />
      <button
        type="button"
        class="step"
        disabled={past.length === 0}
        onClick={() => update(undo)}
        title="Undo (Ctrl+Z)"
      >
        Undo
      </button>
      <button
        type="button"
        class="step"
        disabled={future.length === 0}
        onClick={() => update(redo)}
        title="Redo (Ctrl+Shift+Z)"
      >
        Redo
      </button>
    </header>
  );
}
