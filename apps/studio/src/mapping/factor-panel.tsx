import type { Mapping } from "@loopnest/mapspace";
import { times } from "@loopnest/report";
import type { LayerView } from "../design/layer-view.js";
import { type Move, placeName, samePlace } from "../nest/moves.js";
import type { Later } from "../parts/use-after-frame.js";
import type { PickedFactor } from "./nest-props.js";

interface FactorPanelProps {
  readonly view: LayerView;
  readonly picked: PickedFactor | null;
  readonly moves: Later<readonly Move[]> | null;
  readonly draw: (mapping: Mapping) => void;
  readonly pick: (picked: PickedFactor | null) => void;
}

/** Where the picked factor may go, and what EDP would be there; with nothing picked, the moves that help. */
export function FactorPanel({ view, picked, moves, draw, pick }: FactorPanelProps) {
  const names = view.nodes.map(({ name }) => name);
  // Those of the mapping before stay for a frame, to be seen, not to be taken.
  const stale = moves?.current === true ? "" : " stale";
  const take = (move: Move) => {
    if (moves?.current !== true) return;
    draw(move.mapping);
    pick(null);
  };
  if (picked === null) {
    const helping = moves?.value.filter(({ ratio }) => ratio < 1 - 1e-9).sort((a, b) => a.ratio - b.ratio) ?? null;
    return (
      <div class="sheet">
        <h3>Moves that help</h3>
        {helping === null ? (
          <p class="quiet">Moves are being tried…</p>
        ) : helping.length === 0 ? (
          <p class="quiet">
            {"fault" in view.judged
              ? "No single prime factor makes it fit by moving."
              : "No single prime factor can move without raising EDP."}{" "}
            Pick one in the nest to see where it may go.
          </p>
        ) : (
          <ul class={`moves${stale}`}>
            {helping.slice(0, 6).map((move) => (
              <MoveButton
                key={keyOf(move)}
                move={move}
                text={`${move.from.dim} ${move.prime}: ${placeName(names, move.from)} → ${placeName(names, move.to)}`}
                onTake={take}
              />
            ))}
          </ul>
        )}
      </div>
    );
  }
  const own = moves?.value.filter(({ from, prime }) => samePlace(from, picked.place) && prime === picked.prime);
  return (
    <div class="sheet">
      <div class="bar">
        <h3>
          Move {picked.prime} of {picked.place.dim}
        </h3>
        <button type="button" class="link" onClick={() => pick(null)}>
          put it back
        </button>
      </div>
      <p class="quiet">from {placeName(names, picked.place)} to</p>
      <ul class={`moves${stale}`}>
        {own?.map((move) => (
          <MoveButton key={keyOf(move)} move={move} text={placeName(names, move.to)} onTake={take} />
        ))}
      </ul>
    </div>
  );
}

interface MoveButtonProps {
  readonly move: Move;
  readonly text: string;
  readonly onTake: (move: Move) => void;
}

function MoveButton({ move, text, onTake }: MoveButtonProps) {
  const { ratio } = move;
  const fits = Number.isFinite(ratio);
  const effect = Math.abs(ratio - 1) < 1e-9 ? "" : ratio < 1 ? "good" : "bad";
  return (
    <li>
      <button type="button" onClick={() => onTake(move)}>
        <span>{text}</span>
        <span class={`change ${fits ? effect : "bad"}`}>
          {!fits ? "does not fit" : ratio === 0 ? "fits" : `EDP ${times(ratio)}`}
        </span>
      </button>
    </li>
  );
}

function keyOf({ from, to, prime }: Move): string {
  return [from.node, from.kind, from.dim, prime, to.node, to.kind].join(" ");
}
