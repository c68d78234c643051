import { useState } from "preact/hooks";
import { FaultNote } from "../parts/fault-note.js";
import type { Opening } from "./use-opening.js";

/** What is wrong with the files that were given; for a model, a way to say the sizes that it leaves open. */
export function OpenedNote({ opening }: { readonly opening: Opening }) {
  const [text, setText] = useState("");
  const { fault } = opening;
  if (fault === null) return null;
  const dims = Object.fromEntries(
    [...text.matchAll(/([^\s=,]+)\s*=\s*(\d+)/g)].map(([, name, value]) => [name!, Number(value)]),
  );
  return (
    <div class="stack opened">
      <FaultNote title="This could not be opened" fault={fault} />
      <form
        class="bar"
        onSubmit={(event) => {
          event.preventDefault();
          void opening.again(dims);
        }}
      >
        {opening.takesDims && (
          <>
            <label class="picker">
              <span>Sizes that the model leaves open</span>
              <input
                aria-label="Sizes that the model leaves open"
                placeholder="batch=1, sequence=128"
                value={text}
                onInput={(event) => setText(event.currentTarget.value)}
              />
            </label>
            <button type="submit" class="main">
              Open with these sizes
            </button>
          </>
        )}
        <button type="button" onClick={opening.dismiss}>
          Dismiss
        </button>
      </form>
    </div>
  );
}
