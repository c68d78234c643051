import { LoopnestError } from "@loopnest/mapspace";
import { levelColor, quantity, times as ratio, whole } from "@loopnest/report";
import { useEffect, useMemo, useState } from "preact/hooks";
import { layerView } from "../design/layer-view.js";
import { LayerBar } from "../mapping/layer-bar.js";
import { FaultNote } from "../parts/fault-note.js";
import type { RoomProps } from "../state/room.js";
import { TimeLine } from "./time-line.js";
import { arrivals, type Track, tileAt, tracksOf } from "./tracks.js";

/** Tiles of one track that are walked: what is more is left out, and said. */
const MOST_TILES = 3000;
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
  const { layer, mapping, architecture } = layerView(studio);
  const { problem } = layer;
  const tracks = useMemo(() => tracksOf(problem, mapping, MOST_TILES), [problem, mapping]);
  const times = useMemo(() => arrivals(tracks), [tracks]);
  const [at, setAt] = useState(0);
  const [plays, setPlays] = useState(false);
  const step = Math.min(at, times.length - 1);
  const cycle = times[step]!;
  useEffect(() => setAt(0), [tracks]);
  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(() => setAt((now) => (now + 1 < times.length ? now + 1 : 0)), STEP_MS);
    return () => clearInterval(timer);
  }, [plays, times]);
  const go = (to: number) => setAt(Math.max(0, Math.min(times.length - 1, to)));
  const cut = tracks.some(({ cutShort }) => cutShort);
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
        <p class="quiet">
          Steps in which a tile moves, in the first instance of every level; real buffers, which keep what two tiles
          share; a cycle is a step of the innermost loop.
          {cut && ` The nest goes on: its first ${whole(MOST_TILES)} tiles are shown.`}
        </p>
        <TimeLine tracks={tracks} times={times} cycle={cycle} names={architecture.levels.map(({ name }) => name)} />
      </div>
      <div class="tracks">
        {architecture.levels.map(({ name }, level) => (
          <div key={name} class="level" style={{ "--level": levelColor(level) }}>
            <h3>{name}</h3>
            {tracks
              .filter((track) => track.level === level)
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
  const index = tileAt(track, cycle);
  const tile = track.tiles[index]!;
  const moved = tile.from === cycle;
  const soFar = useMemo(() => {
    let sum = 0;
    return track.tiles.map(({ words }) => (sum += words));
  }, [track]);
  return (
    <div class={moved ? "held moved" : "held"}>
      <div class="bar">
        <b>{track.tensor}</b>
        <span class="quiet">
          tile {whole(index + 1)}
          {moved ? `: ${quantity(tile.words)} words come in` : " stays"}
        </span>
        <span class="grow" />
        <span class="quiet" title="Words that came in so far, beside the words of the whole tensor">
          {quantity(soFar[index]!)} words so far, {ratio(soFar[index]! / track.tensorWords)} the tensor
        </span>
      </div>
      {tile.place.map(([rank, begin, end], r) => (
        <div key={rank} class="rank">
          <code>{rank}</code>
          <span class="extent" title={`${begin} to ${end - 1} of ${track.extents[r]}`}>
            <span
              style={{
                left: `${(100 * begin) / track.extents[r]!}%`,
                width: `${Math.max(0.5, (100 * (end - begin)) / track.extents[r]!)}%`,
              }}
            />
          </span>
        </div>
      ))}
    </div>
  );
}
