import { LoopnestError } from "@loopnest/mapspace";
import { useMemo, useState } from "preact/hooks";
import { edpOf, judge, layerView } from "../design/layer-view.js";
import { bestMoves, movesOf } from "../nest/moves.js";
import { FaultNote } from "../parts/fault-note.js";
import { useAfterFrame } from "../parts/use-after-frame.js";
import type { RoomProps } from "../state/room.js";
import { drawMapping } from "../state/transitions.js";
import { CountsTable } from "./counts-table.js";
import { Exchange } from "./exchange.js";
import { FactorPanel } from "./factor-panel.js";
import { LayerBar } from "./layer-bar.js";
import { NestBlocks } from "./nest-blocks.js";
import type { PickedFactor } from "./nest-props.js";
import { pinnedView } from "./pinned-view.js";
import { Rejection } from "./rejection.js";
import { SizeSlopes } from "./size-slopes.js";
import { Totals } from "./totals.js";

/** The playground: the nest of a layer, to be taken apart and put together, with what it costs. */
export function MappingView(props: RoomProps) {
  try {
    return <Playground {...props} />;
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    return (
      <section class="room">
        <LayerBar {...props} />
        <FaultNote title={`${props.studio.target.target.name} cannot run this layer`} fault={error.data} />
      </section>
    );
  }
}

function Playground({ studio, update }: RoomProps) {
  const [picked, pick] = useState<PickedFactor | null>(null);
  const view = layerView(studio);
  const { layer, architecture, space, mapping, judged } = view;
  const pinned = pinnedView(studio);
  // The counts come first, what moves would do to them a frame later.
  const moves = useAfterFrame(
    () => movesOf(space, mapping, (other) => edpOf(judge(layer, architecture, other))),
    [space.problem, mapping, layer, architecture],
  );
  const bestOf = useMemo(() => (moves === null ? () => null : bestMoves(moves.value)), [moves?.value]);
  const draw = (next: typeof mapping) => update(drawMapping(next));
  return (
    <section class="room" aria-label="Mapping">
      <LayerBar studio={studio} update={update} />
      <Totals view={view} pinned={pinned} count={layer.count} />
      {"fault" in judged && <Rejection view={view} onTake={draw} />}
      <div class="playground">
        <NestBlocks view={view} picked={picked} pick={pick} bestOf={bestOf} draw={draw} />
        <aside class="side">
          <FactorPanel view={view} picked={picked} moves={moves} draw={draw} pick={pick} />
          <SizeSlopes studio={studio} view={view} />
        </aside>
      </div>
      {"evaluation" in judged && <CountsTable view={view} evaluation={judged.evaluation} pinned={pinned} />}
      <Exchange view={view} draw={draw} />
    </section>
  );
}
