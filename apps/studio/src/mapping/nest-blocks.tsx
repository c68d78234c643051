import { levelUses } from "@loopnest/model-analytical/explain";
import { levelColor } from "@loopnest/report";
import { useMemo } from "preact/hooks";
import { moveFactor } from "../nest/edits.js";
import { placesOf } from "../nest/moves.js";
import type { Place } from "../nest/place.js";
import { LevelFill } from "./level-fill.js";
import { LoopBlock } from "./loop-block.js";
import type { NestProps } from "./nest-props.js";
import { NodeHead } from "./node-head.js";

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
  const drop = (to: Omit<Place, "dim">) => {
    if (picked === null) return;
    draw(moveFactor(mapping, picked.place, to, picked.prime));
    pick(null);
  };
  const open = picked === null ? [] : placesOf(space, mapping, picked.place.dim);
  return (
    <ol class="nest" aria-label="Loop nest, outermost level first">
      {mapping.map((own, node) => {
        const { name, level, last } = view.nodes[node]!;
        return (
          <li key={name} class="level" style={{ "--level": levelColor(level) }}>
            <NodeHead {...props} node={node} />
            {LANES.map(([kind, title]) => {
              const loops = kind === "temporal" ? own.temporal : own.spatial.filter(([, , axis]) => axis === kind);
              const isOpen = open.some((place) => place.node === node && place.kind === kind);
              if (loops.length === 0 && kind !== "temporal" && !isOpen) return null;
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of several; the panel has buttons.
                <div
                  key={kind}
                  class={`lane${isOpen ? " open" : ""}${loops.length === 0 ? " empty" : ""}`}
                  onDragOver={(event) => isOpen && event.preventDefault()}
                  onDrop={(event) => {
                    event.preventDefault();
                    if (isOpen) drop({ node, kind });
                  }}
                >
                  <span class="lane-name">{title}</span>
                  {loops.map(([dim]) => (
                    <LoopBlock key={dim} {...props} place={{ node, kind, dim }} />
                  ))}
                  {loops.length === 0 && <span class="quiet">no loops</span>}
                </div>
              );
            })}
            {last && <LevelFill use={fills[level]!} />}
          </li>
        );
      })}
      <li class="level macs">
        <h3>MAC units</h3>
      </li>
    </ol>
  );
}
