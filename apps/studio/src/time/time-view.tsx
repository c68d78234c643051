import type { FillRules } from "@loopnest/codegen";
import { LoopnestError } from "@loopnest/mapspace";
import { levelColor, quantity, times as ratio, whole } from "@loopnest/report";
import { useEffect, useMemo, useState } from "preact/hooks";
import { layerView } from "../design/layer-view.js";
import { LayerBar } from "../mapping/layer-bar.js";
import { FaultNote } from "../parts/fault-note.js";
import type { RoomProps } from "../state/room.js";
import { shownTimes } from "./shown-times.js";
import { TimeLine } from "./time-line.js";
import { type Track, tileAt, tracksOf } from "./tracks.js";

/** Steps that are gone through one by one: of longer nests the first and last of each loop, and that is said. */
const MOST_STEPS = 20_000;
/** Milliseconds between steps that play. */
const STEP_MS = 140;

/** Step through the tiles: what moves between which levels, and how often. */
export function TimeView(props: RoomProps) {
  try {
    return <Steps {...props} />;
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    return (
      <section class="room" aria-label="Time">
        <LayerBar {...props} />
        <FaultNote title="The tiles of this layer cannot be walked" fault={error.data} />
      </section>
    );
  }
}

function Steps({ studio, update }: RoomProps) {
  const { layer, mapping, nodes } = layerView(studio);
  const { problem } = layer;
  const [rules, setRules] = useState<FillRules>("physical");
  const tracks = useMemo(() => tracksOf(problem, mapping, rules), [problem, mapping, rules]);
  const shown = useMemo(() => shownTimes(tracks, mapping, MOST_STEPS), [tracks]);
  const times = shown.cycles;
  const [at, setAt] = useState(0);
  const [plays, setPlays] = useState(false);
  const step = Math.min(at, times.length - 1);
  const cycle = times[step]!;
  useEffect(() => setAt(0), [problem, mapping]);
  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(() => setAt((now) => (now + 1 < times.length ? now + 1 : 0)), STEP_MS);
    return () => clearInterval(timer);
  }, [plays, times]);
  const go = (to: number) => setAt(Math.max(0, Math.min(times.length - 1, to)));
  return (
    <section class="room" aria-label="Time">
      <LayerBar studio={studio} update={update} />
      <div class="sheet">
        <div class="bar">
          <button type="button" aria-label="To the first step" onClick={() => go(0)}>
            ⇤
          </button>
          <button type="button" aria-label="Step back" onClick={() => go(step - 1)}>
            ←
          </button>
          <button type="button" class="main" aria-pressed={plays} onClick={() => setPlays(!plays)}>
            {plays ? "Pause" : "Play"}
          </button>
          <button type="button" aria-label="Step on" onClick={() => go(step + 1)}>
            →
          </button>
          <button type="button" aria-label="To the last step" onClick={() => go(times.length - 1)}>
            ⇥
          </button>
          <input
            type="range"
            class="scrub"
            aria-label="Step"
            aria-valuetext={`step ${step + 1} of ${times.length}, cycle ${whole(cycle)}`}
            min="0"
            max={times.length - 1}
            value={step}
            onInput={(event) => go(Number(event.currentTarget.value))}
          />
          <span data-cycle={cycle}>
            step {whole(step + 1)} of {whole(times.length)}, cycle {whole(cycle)}
          </span>
        </div>
        <div class="bar">
          <label class="field">
            <span>Words that come in</span>
            <select value={rules} onChange={(event) => setRules(event.currentTarget.value as FillRules)}>
              <option value="physical">real buffers: what the tile before does not hold</option>
              <option value="timeloop-2025">as Timeloop counts them</option>
            </select>
          </label>
        </div>
        <p class="quiet">
          Steps in which a tile moves, in the first instance of every level; a cycle is a step of the innermost loop.
          {shown.leftOut !== null && ` The nest is long: ${shown.leftOut}.`}
        </p>
        <section class="wide" tabIndex={0} aria-label="Tiles over cycles, drawn">
          <TimeLine tracks={tracks} times={times} cycle={cycle} nodes={nodes} />
        </section>
      </div>
      <div class="tracks">
        {nodes.map(({ name, level }, node) => (
          <div key={name} class="level" style={{ "--level": levelColor(level) }}>
            <h3>{name}</h3>
            {tracks
              .filter((track) => track.level === node)
              .map((track) => (
                <TrackState key={track.tensor} track={track} cycle={cycle} />
              ))}
          </div>
        ))}
      </div>
    </section>
  );
}

/** What a buffer holds now: where the tile lies in the tensor, what came in for it, how often words came so far. */
function TrackState({ track, cycle }: { readonly track: Track; readonly cycle: number }) {
  const tile = tileAt(track, cycle);
  const moved = tile.from === cycle;
  return (
    <div class={moved ? "held moved" : "held"}>
      <div class="bar">
        <b>{track.tensor}</b>
        <span class="quiet">
          {moved ? `${quantity(tile.words)} words come in` : `stays since cycle ${whole(tile.from)}`}
        </span>
        <span class="grow" />
        <span
          class="quiet"
          title="Words that came in so far, beside the words of the whole tensor"
          data-words={tile.wordsSoFar}
        >
          {quantity(tile.wordsSoFar)} words so far, {ratio(tile.wordsSoFar / track.tensorWords)} the tensor
        </span>
      </div>
      {track.ranks.map((rank, r) => {
        const [begin, extent, whole] = [tile.at[r]!, track.extents[r]!, track.tensorExtents[r]!];
        return (
          <div key={rank} class="rank">
            <code>{rank}</code>
            <span class="extent" title={`${begin} to ${begin + extent - 1} of ${whole}`}>
              <span style={{ left: `${(100 * begin) / whole}%`, width: `${Math.max(0.5, (100 * extent) / whole)}%` }} />
            </span>
          </div>
        );
      })}
    </div>
  );
}
