import { type ErrorData, LoopnestError, type Mapping } from "@loopnest/mapspace";
import { fileName } from "@loopnest/report";
import { useState } from "preact/hooks";
import type { LayerView } from "../design/layer-view.js";
import { save } from "../files/save.js";
import { FaultNote } from "../parts/fault-note.js";

interface ExchangeProps {
  readonly view: LayerView;
  readonly draw: (mapping: Mapping) => void;
}

/** The mapping in and out: Timeloop's own text, a case for `loopnest evaluate`, a link. */
export function Exchange({ view, draw }: ExchangeProps) {
  const [text, setText] = useState("");
  const [fault, setFault] = useState<ErrorData | null>(null);
  const { layer, architecture, mapping } = view;
  const { problem } = layer;
  const name = fileName(problem.name);
  const guarded = async (work: () => Promise<void>) => {
    try {
      await work();
      setFault(null);
    } catch (error) {
      if (!(error instanceof LoopnestError)) throw error;
      setFault(error.data);
    }
  };
  const paste = () =>
    guarded(async () => {
      const { readMapping } = await import("@loopnest/timeloop");
      draw(readMapping(text, architecture, problem, { file: "pasted" }));
    });
  const saveTimeloop = () =>
    guarded(async () => {
      const [{ exportTimeloop }, { strToU8, zipSync }] = await Promise.all([
        import("@loopnest/timeloop"),
        import("fflate"),
      ]);
      const files = Object.entries(exportTimeloop({ architecture, problem, mapping }));
      const entries = files.map(([file, content]) => [`${name}/${file}`, strToU8(content)] as const);
      save(`${name}-timeloop.zip`, zipSync(Object.fromEntries(entries)), "application/zip");
    });
  const saveCase = () =>
    guarded(async () => {
      const { writeDocument } = await import("../files/documents.js");
      save(`${name}.yaml`, writeDocument({ id: problem.name, problem, architecture, mapping }, "yaml"), "text/yaml");
    });
  return (
    <details class="sheet">
      <summary>In and out: Timeloop, case, link</summary>
      <div class="stack">
        <label class="field">
          <span>
            A Timeloop mapping (v0.3 or v0.4), with <code>mapping:</code> at the top
          </span>
          <textarea
            rows={6}
            aria-label="Timeloop mapping"
            spellcheck={false}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <div class="bar">
          <button type="button" disabled={text.trim() === ""} onClick={() => void paste()}>
            Use this mapping
          </button>
          <button type="button" onClick={() => void saveTimeloop()}>
            Save for Timeloop
          </button>
          <button type="button" onClick={() => void saveCase()}>
            Save as a case
          </button>
          <button type="button" onClick={() => void navigator.clipboard?.writeText(location.href)}>
            Copy link
          </button>
        </div>
        {fault !== null && <FaultNote title="That did not work" fault={fault} />}
      </div>
    </details>
  );
}
