import { fileName, layersCsv, quantity, times } from "@loopnest/report";
import { useMemo, useState } from "preact/hooks";
import { save } from "../files/save.js";
import { saveChart } from "../files/save-chart.js";
import { ChartFigure } from "../parts/chart-figure.js";
import { useCharts } from "../parts/use-charts.js";
import { runViewOf } from "../run/run-view.js";
import { saveRun } from "../run/save-run.js";
import type { RoomProps } from "../state/room.js";
import type { KeptDesign } from "../state/studio.js";
import { dropDesign, goTo, openDesign } from "../state/transitions.js";
import { DifferenceTable } from "./difference-table.js";

/** Designs side by side: what they are, what they cost, and where the difference comes from. */
export function CompareView({ studio, update }: RoomProps) {
  const { designs } = studio;
  const [left, setLeft] = useState<readonly string[]>([]);
  const charts = useCharts();
  const chosen = designs.filter(({ label }) => !left.includes(label));
  const views = useMemo(() => chosen.map(runViewOf), [designs, left]);
  const drawn = useMemo(() => {
    if (charts === null || views.length === 0) return [];
    return views.length === 1 ? charts.runCharts(views[0]!) : charts.comparisonCharts(views);
  }, [charts, views]);
  if (designs.length === 0) {
    return (
      <section class="room" aria-label="Compare">
        <div class="sheet">
          <h3>Nothing to compare yet</h3>
          <p class="quiet">
            Designs come from searches, and from run folders of <code>loopnest search</code>: drop one here, or a zip of
            it.
          </p>
          <div class="bar">
            <button type="button" class="main" onClick={() => update(goTo("search"))}>
              Search
            </button>
          </div>
        </div>
      </section>
    );
  }
  return (
    <section class="room" aria-label="Compare">
      <section class="scroll" tabIndex={0} aria-label="Designs">
        <table class="figures">
          <thead>
            <tr>
              <th>design</th>
              <th class="number">EDP</th>
              <th class="number">beside the first</th>
              <th class="number">energy, uJ</th>
              <th class="number">latency, cycles</th>
              <th class="number">area, mm2</th>
              <th>hardware</th>
              <th>do</th>
            </tr>
          </thead>
          <tbody>
            {designs.map((design) => (
              <DesignRow
                key={design.label}
                design={design}
                first={designs[0]!}
                shown={!left.includes(design.label)}
                onShow={(shown) =>
                  setLeft(shown ? left.filter((own) => own !== design.label) : [...left, design.label])
                }
                update={update}
              />
            ))}
          </tbody>
        </table>
      </section>
      {chosen.length === 2 && <DifferenceTable designs={[chosen[0]!, chosen[1]!]} />}
      {drawn.map((chart) => (
        <div class="sheet" key={chart.name}>
          <ChartFigure
            chart={chart}
            onSave={(own, as) => void saveChart(own, chosen.map(({ label }) => label).join(", "), as)}
          />
        </div>
      ))}
    </section>
  );
}

interface DesignRowProps {
  readonly design: KeptDesign;
  readonly first: KeptDesign;
  readonly shown: boolean;
  readonly onShow: (shown: boolean) => void;
  readonly update: RoomProps["update"];
}

function DesignRow({ design, first, shown, onShow, update }: DesignRowProps) {
  const { label, result } = design;
  const { totals, hardware } = result;
  return (
    <tr>
      <th scope="row">
        <label>
          <input type="checkbox" checked={shown} onChange={(event) => onShow(event.currentTarget.checked)} /> {label}
        </label>
      </th>
      <td class="number">{quantity(totals.edp)}</td>
      <td class="number">{times(totals.edp / first.result.totals.edp)}</td>
      <td class="number">{quantity(totals.energyUj)}</td>
      <td class="number">{quantity(totals.latencyCycles)}</td>
      <td class="number">{quantity(totals.areaMm2)}</td>
      <td>
        {Object.entries(hardware)
          .map(([name, value]) => `${name} ${quantity(value)}`)
          .join(", ")}
      </td>
      <td>
        <button type="button" class="link" onClick={() => update(openDesign(design))}>
          take up
        </button>{" "}
        <button type="button" class="link" title="Run folder in a zip" onClick={() => void saveRun(design)}>
          save
        </button>{" "}
        <button
          type="button"
          class="link"
          title="A row for each layer, as a CSV file"
          onClick={() => save(`${fileName(label)}.csv`, layersCsv(result), "text/csv")}
        >
          CSV
        </button>{" "}
        <button type="button" class="link" onClick={() => update(dropDesign(label))}>
          forget
        </button>
      </td>
    </tr>
  );
}
