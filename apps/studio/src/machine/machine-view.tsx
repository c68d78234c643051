import { type ErrorData, LoopnestError } from "@loopnest/mapspace";
import { useState } from "preact/hooks";
import { architectureOf } from "../design/machine.js";
import type { RoomProps } from "../state/room.js";
import { type ChosenTarget, defaultHardware } from "../state/studio.js";
import { chooseTarget, priceBy } from "../state/transitions.js";
import { DocumentSheet } from "./document-sheet.js";
import { MachineDrawing } from "./machine-drawing.js";
import { ownPrices } from "./own-prices.js";

const SHEETS = ["Target", "Energy table"] as const;

/** The target and its prices as texts; beside them, the machine that they describe. */
export function MachineView({ studio, update }: RoomProps) {
  const chosen = studio.target;
  const { target } = chosen;
  const [sheet, setSheet] = useState<(typeof SHEETS)[number]>("Target");
  return (
    <section class="room" aria-labelledby="machine-title">
      <h2 id="machine-title">{target.name}</h2>
      <p class="quiet">{[target.description, target.source].filter(Boolean).join(" · ")}</p>
      <div class="halves">
        <div class="sheet editor">
          <div class="bar tabs">
            {SHEETS.map((name) => (
              <button key={name} type="button" aria-pressed={name === sheet} onClick={() => setSheet(name)}>
                {name}
              </button>
            ))}
          </div>
          {sheet === "Target" ? (
            <DocumentSheet
              key="target"
              kind="target"
              document={target}
              check={(next) => faultOf({ ...chosen, target: next })}
              onEdit={(next) => update(chooseTarget({ ...chosen, target: next, builtIn: null }))}
            />
          ) : (
            <Prices studio={studio} update={update} />
          )}
        </div>
        <MachineDrawing architecture={architectureOf(chosen, studio.drawing.hardware)} target={target} />
      </div>
    </section>
  );
}

/** The energy table: the name of a built-in one, and a way to one's own; or the numbers of one's own to edit. */
function Prices({ studio, update }: RoomProps) {
  const { target, drawing } = studio;
  const { energyTable, target: own } = target;
  if (energyTable === undefined) {
    const write = () => update(priceBy(ownPrices(architectureOf(target, drawing.hardware), own.energyTable)));
    return (
      <div class="stack">
        <p>
          Energies and areas are those of <code>{own.energyTable}</code>, a built-in table: they follow the sizes.
        </p>
        <p class="quiet">
          Numbers of your own are fixed for each level, whatever its size. Begin with those of this machine, or drop a
          file of yours on the page.
        </p>
        <div class="bar">
          <button type="button" class="main" onClick={write}>
            Edit these prices
          </button>
        </div>
      </div>
    );
  }
  return (
    <>
      <DocumentSheet
        key="energy-table"
        kind="energy-table"
        document={energyTable}
        check={(next) => faultOf({ ...target, energyTable: next })}
        onEdit={(next) => update(priceBy(next))}
      />
      <div class="bar">
        <BuiltInPrices target={target} onTake={() => update(priceBy(null))} />
      </div>
    </>
  );
}

/** The way back, where the target names a table that is built in. */
function BuiltInPrices({ target: { target, builtIn }, onTake }: { target: ChosenTarget; onTake: () => void }) {
  if (faultOf({ target, builtIn }) !== null) return null;
  return (
    <button type="button" onClick={onTake}>
      Back to {target.energyTable}
    </button>
  );
}

/** A target that is well written can still make no machine: an energy table that lacks one of its levels, say. */
function faultOf(chosen: ChosenTarget): ErrorData | null {
  try {
    architectureOf(chosen, defaultHardware(chosen.target));
    return null;
  } catch (error) {
    if (error instanceof LoopnestError) return error.data;
    throw error;
  }
}
