import { primeFactors } from "@loopnest/mapspace";
import { times } from "@loopnest/report";
import { reorderLoop, typeFactor } from "../nest/edits.js";
import { placeName, samePlace } from "../nest/moves.js";
import { factorAt, type Place } from "../nest/place.js";
import type { NestProps } from "./nest-props.js";

/** One loop: its dimension, its factor to type, its primes to pick up; arrows reorder it. */
export function LoopBlock({ view, picked, pick, bestOf, draw, place }: NestProps & { readonly place: Place }) {
  const { mapping, layer } = view;
  const { dim, node, kind } = place;
  const factor = factorAt(mapping, place);
  const names = view.nodes.map(({ name }) => name);
  const where = placeName(names, place);
  const loops = mapping[node]!.temporal;
  const index = loops.findIndex(([name]) => name === dim);
  const primes = primeFactors(factor);
  const step = (by: number) => draw(reorderLoop(mapping, node, dim, by));
  return (
    <div class="loop">
      <label>
        <b>{dim}</b>
        <input
          type="number"
          min="1"
          value={factor}
          style={{ width: `calc(${String(factor).length}ch + 1.6rem)` }}
          aria-label={`Factor of ${dim} at ${where}`}
          onChange={(event) => draw(typeFactor(layer.problem, mapping, place, Number(event.currentTarget.value) || 1))}
        />
      </label>
      <span class="primes">
        {primes.map((prime, i) => {
          const isPicked = picked !== null && samePlace(picked.place, place) && picked.index === i;
          const best = bestOf(place, prime);
          const hint =
            best === null
              ? ""
              : `; ${best.ratio === 0 ? "fits" : `EDP ${times(best.ratio)}`} at ${placeName(names, best.to)}`;
          return (
            <button
              key={`${prime}-${i}`}
              type="button"
              class="prime"
              draggable
              aria-pressed={isPicked}
              aria-label={`Prime ${prime} of ${dim} at ${where}${hint}`}
              title={`Move a factor of ${prime}${hint}`}
              onClick={() => pick(isPicked ? null : { place, prime, index: i })}
              onDragStart={(event) => {
                event.dataTransfer?.setData("text/plain", `${dim}${prime}`);
                pick({ place, prime, index: i });
              }}
            >
              {prime}
              {best !== null && primes[i - 1] !== prime && (
                <span class="hint" aria-hidden="true">
                  {best.to.node < node ? "↑" : best.to.node > node ? "↓" : "↔"}
                </span>
              )}
            </button>
          );
        })}
      </span>
      {kind === "temporal" && loops.length > 1 && (
        <span class="orders">
          <button
            type="button"
            disabled={index === 0}
            aria-label={`${dim} at ${where} outwards`}
            onClick={() => step(-1)}
          >
            ‹
          </button>
          <button
            type="button"
            disabled={index === loops.length - 1}
            aria-label={`${dim} at ${where} inwards`}
            onClick={() => step(1)}
          >
            ›
          </button>
        </span>
      )}
    </div>
  );
}
