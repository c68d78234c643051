import { macs } from "@loopnest/mapspace";
import { percent } from "@loopnest/report";
import { mappingOf } from "../design/layer-view.js";
import { startMapping } from "../design/start-mapping.js";
import type { RoomProps } from "../state/room.js";
import { chooseLayer, drawMapping, pin, unpin } from "../state/transitions.js";

/** Which layer is looked at, and what can be done with its mapping as a whole. */
export function LayerBar({ studio, update }: RoomProps) {
  const { layer, network, pinned, target, drawing } = studio;
  const { layers } = network.workload;
  const total = layers.reduce((sum, own) => sum + own.count * macs(own.problem), 0);
  const go = (to: number) => update(chooseLayer(Math.min(layers.length - 1, Math.max(0, to))));
  const chosen = layers[layer]!;
  return (
    <div class="bar layer-bar">
      <label class="picker">
        <span>Layer</span>
        <select aria-label="Layer" value={String(layer)} onChange={(event) => go(Number(event.currentTarget.value))}>
          {layers.map(({ problem, count }, i) => (
            <option key={problem.name} value={String(i)}>
              {problem.name} · {percent((count * macs(problem)) / total)} of MACs
            </option>
          ))}
        </select>
      </label>
      <button type="button" disabled={layer === 0} onClick={() => go(layer - 1)} aria-label="Layer before">
        ←
      </button>
      <button
        type="button"
        disabled={layer === layers.length - 1}
        onClick={() => go(layer + 1)}
        aria-label="Layer after"
      >
        →
      </button>
      <span class="grow" />
      <button
        type="button"
        title="The local search of a few milliseconds, from everything at the outermost level"
        onClick={() => update(drawMapping(startMapping(target, drawing.hardware, chosen)))}
      >
        Good mapping
      </button>
      {pinned === null ? (
        <button
          type="button"
          title="Compare what follows with this"
          onClick={() => update(pin(mappingOf(studio, layer)))}
        >
          Pin
        </button>
      ) : (
        <button type="button" aria-pressed="true" onClick={() => update(unpin)}>
          Unpin
        </button>
      )}
    </div>
  );
}
