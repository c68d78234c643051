import type { LevelUse } from "@loopnest/model-analytical/explain";
import { quantity, tensorStrength, whole } from "@loopnest/report";

/** How full a level is, as bars: what is too much stands out. */
export function LevelFill({ use }: { readonly use: LevelUse }) {
  const { tiles, usedWords, capacityWords: limit } = use;
  const arrays = (["columns", "rows"] as const).filter((name) => use[name].available !== 1 || use[name].used > 1);
  return (
    <div class="fills">
      <div class={limit !== null && usedWords > limit ? "fill over" : "fill"}>
        <span>
          {tiles.map(({ tensor, words }) => `${tensor} ${quantity(words)}`).join(" + ") || "nothing kept"}
          {limit !== null && ` of ${quantity(limit)} words`}
        </span>
        {limit !== null && (
          <span class="track" aria-hidden="true">
            {tiles.map(({ tensor, words }, i) => (
              <span
                key={tensor}
                style={{ width: `${(100 * words) / Math.max(limit, usedWords)}%`, opacity: tensorStrength(i) }}
              />
            ))}
          </span>
        )}
      </div>
      {arrays.map((name) => {
        const { used, available } = use[name];
        return (
          <div key={name} class={used > available ? "fill small over" : "fill small"}>
            <span>
              {whole(used)} of {whole(available)} {name}
            </span>
            <span class="track" aria-hidden="true">
              <span style={{ width: `${100 * Math.min(1, used / available)}%` }} />
            </span>
          </div>
        );
      })}
    </div>
  );
}
