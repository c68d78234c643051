import type { Evaluation } from "@loopnest/model-analytical";
import { percent, quantity, whole } from "@loopnest/report";
import type { LayerView } from "../design/layer-view.js";
import { Change } from "../parts/change.js";
import { bindsText } from "./binds-text.js";

interface TotalsProps {
  readonly view: LayerView;
  readonly pinned: Evaluation | null;
  readonly count: number;
}

/** What one execution of the layer costs, and what it waits for. */
export function Totals({ view: { judged }, pinned, count }: TotalsProps) {
  if ("fault" in judged) return null;
  const own = judged.evaluation;
  const edp = (of: Evaluation) => (of.energyPj / 1e6) * of.cycles;
  const tiles: (readonly [name: string, text: string, now: number, before: number | undefined])[] = [
    ["EDP, uJ x cycles", quantity(edp(own)), edp(own), pinned === null ? undefined : edp(pinned)],
    ["energy, uJ", quantity(own.energyPj / 1e6), own.energyPj, pinned?.energyPj],
    ["latency, cycles", whole(own.cycles), own.cycles, pinned?.cycles],
    ["MAC units used", percent(own.utilization), own.utilization, undefined],
  ];
  return (
    <dl class="tiles" aria-live="off">
      {tiles.map(([name, text, now, before]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {text} {before !== undefined && <Change now={now} before={before} />}
          </dd>
        </div>
      ))}
      <div>
        <dt>waits for</dt>
        <dd>{bindsText(own)}</dd>
      </div>
      <div>
        <dt>times in the network</dt>
        <dd>{whole(count)}</dd>
      </div>
    </dl>
  );
}
