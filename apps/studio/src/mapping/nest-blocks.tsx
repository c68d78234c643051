import { levelUses } from "@loopnest/model-analytical/explain";
import { levelColor } from "@loopnest/report";
import { useMemo } from "preact/hooks";
import { moveFactor, toggleKeep } from "../nest/edits.js";
import { placesOf } from "../nest/moves.js";
import type { Place } from "../nest/place.js";
import { LevelFill } from "./level-fill.js";
import { LoopBlock } from "./loop-block.js";
import type { NestProps } from "./nest-props.js";

const LANES = [
  ["temporal", "in time"],
  ["Y", "rows"],
  ["X", "columns"],
] as const;

/** The nest, level by level from the outside in: loops in time, then those unrolled over rows and columns. */
export function NestBlocks(props: NestProps) {
  const { view, picked, pick, draw } = props;
  const { mapping, architecture, layer, space } = view;
  const fills = useMemo(() => levelUses(layer.problem, architecture, mapping), [layer, architecture, mapping]);
  const mayTake = (dim: string, level: number, kind: Place["kind"]) =>
    placesOf(space, dim).some((place) => place.level === level && place.kind === kind);
  const drop = (level: number, kind: Place["kind"]) => {
    if (picked === null || !mayTake(picked.place.dim, level, kind)) return;
    draw(moveFactor(mapping, picked.place, { level, kind }, picked.prime));
    pick(null);
  };
  return (
    <ol class="nest" aria-label="Loop nest, outermost level first">
      {mapping.map((own, level) => (
        <li key={own.level} class="level" style={{ "--level": levelColor(level) }}>
          <div class="level-head">
            <h3>{own.level}</h3>
            <span class="keeps">
              {architecture.levels[level]!.keeps.filter((tensor) =>
                layer.problem.tensors.some(({ name }) => name === tensor),
              ).map((tensor) => (
                <button
                  key={tensor}
                  type="button"
                  aria-pressed={own.keeps.includes(tensor)}
                  title={own.keeps.includes(tensor) ? `${tensor} is kept here; let it pass by` : `Keep ${tensor} here`}
                  onClick={() => draw(toggleKeep(layer.problem, mapping, level, tensor))}
                >
                  {tensor}
                </button>
              ))}
            </span>
          </div>
          {LANES.map(([kind, title]) => {
            const loops = kind === "temporal" ? own.temporal : own.spatial.filter(([, , axis]) => axis === kind);
            const open = picked !== null && mayTake(picked.place.dim, level, kind);
            if (loops.length === 0 && kind !== "temporal" && !open) return null;
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of several; the panel has buttons.
              <div
                key={kind}
                class={`lane${open ? " open" : ""}${loops.length === 0 ? " empty" : ""}`}
                onDragOver={(event) => open && event.preventDefault()}
                onDrop={(event) => {
                  event.preventDefault();
                  drop(level, kind);
                }}
              >
                <span class="lane-name">{title}</span>
                {loops.map(([dim]) => (
                  <LoopBlock key={dim} {...props} place={{ level, kind, dim }} />
                ))}
                {loops.length === 0 && <span class="quiet">no loops</span>}
              </div>
            );
          })}
          <LevelFill use={fills[level]!} />
        </li>
      ))}
      <li class="level macs">
        <h3>MAC units</h3>
      </li>
    </ol>
  );
}
