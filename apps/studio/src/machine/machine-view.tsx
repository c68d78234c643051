import { type ErrorData, LoopnestError, type Target } from "@loopnest/mapspace";
import { useEffect, useRef, useState } from "preact/hooks";
import { architectureOf } from "../design/machine.js";
import { FaultNote } from "../parts/fault-note.js";
import type { RoomProps } from "../state/room.js";
import { defaultHardware } from "../state/studio.js";
import { chooseTarget } from "../state/transitions.js";
import { MachineDrawing } from "./machine-drawing.js";
import type { TargetEditor } from "./target-editor.js";

/** The target as a text, with completion and faults where they stand; beside it, the machine that it describes. */
export function MachineView({ studio, update }: RoomProps) {
  const { target } = studio.target;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<TargetEditor | null>(null);
  const written = useRef<Target | null>(null);
  const [fault, setFault] = useState<ErrorData | null>(null);
  useEffect(() => {
    let wanted = true;
    void import("./target-editor.js").then(({ makeTargetEditor }) => {
      if (!wanted) return;
      editor.current = makeTargetEditor(place.current!, target, {
        onTarget(next) {
          const broken = cannotBePriced(next);
          setFault(broken);
          if (broken !== null) return;
          written.current = next;
          update(chooseTarget({ target: next, builtIn: null }));
        },
        onFault: setFault,
      });
    });
    return () => {
      wanted = false;
      editor.current?.close();
      editor.current = null;
    };
  }, []);
  useEffect(() => {
    // Chosen elsewhere: what is typed here is already in the text.
    if (target !== written.current) editor.current?.show(target);
  }, [target]);
  return (
    <section class="room" aria-labelledby="machine-title">
      <h2 id="machine-title">{target.name}</h2>
      <p class="quiet">{[target.description, target.source].filter(Boolean).join(" · ")}</p>
      <div class="halves">
        <div class="sheet editor">
          <div class="bar">
            <h3>Target</h3>
            <span class="quiet">Ctrl+Space completes; what is wrong is marked; the drawing follows</span>
          </div>
          <div ref={place} class="editor-place">
            <p class="quiet">The editor is coming…</p>
          </div>
          {fault !== null && <FaultNote title="This is no target yet" fault={fault} />}
        </div>
        <MachineDrawing architecture={architectureOf(target, studio.drawing.hardware)} target={target} />
      </div>
    </section>
  );
}

/** A target that is well written can still make no machine: an energy table that is not built in, say. */
function cannotBePriced(target: Target): ErrorData | null {
  try {
    architectureOf(target, defaultHardware(target));
    return null;
  } catch (error) {
    if (error instanceof LoopnestError) return error.data;
    throw error;
  }
}
