import { type FreeSize, greatestSize, type Hardware, LoopnestError, leastSize, type Mapping } from "@loopnest/mapspace";
import { adaptMappings } from "@loopnest/optimizers";
import { type DesignFigures, quantity } from "@loopnest/report";
import { useMemo, useState } from "preact/hooks";
import { architectureOf, modelOf } from "../design/machine.js";
import { mappingsOf, networkFigures } from "../design/network-figures.js";
import { saveChart } from "../files/save-chart.js";
import { Change } from "../parts/change.js";
import { ChartFigure } from "../parts/chart-figure.js";
import { FaultNote } from "../parts/fault-note.js";
import { useCharts } from "../parts/use-charts.js";
import type { RoomProps } from "../state/room.js";
import { drawDesign } from "../state/transitions.js";
import { DesignFront } from "./design-front.js";
import { sizeAt, sliderAt } from "./size-scale.js";

/** Sizes as sliders: totals, roofline and area of the whole network follow. */
export function HardwareView({ studio, update }: RoomProps) {
  const { workload } = studio.network;
  const { target } = studio;
  const { hardware } = studio.drawing;
  const [adapts, setAdapts] = useState(false);
  const [first] = useState(() => attempt(() => networkFigures(workload, target, hardware, mappingsOf(studio))));
  const charts = useCharts();
  const mappings = useMemo(() => attempt(() => mappingsOf(studio)), [studio.network, studio.target, studio.drawing]);
  const figures = useMemo(
    () => ("fault" in mappings ? mappings : attempt(() => networkFigures(workload, target, hardware, mappings.value))),
    [mappings, workload, target, hardware],
  );
  const roofline = useMemo(
    () =>
      charts === null || "fault" in figures
        ? null
        : charts.rooflineChart({ result: figures.value, architecture: architectureOf(target, hardware) }),
    [charts, figures],
  );
  const move = (name: string, value: number) => {
    if ("fault" in mappings) return;
    update(drawDesign({ ...hardware, [name]: value }, mappings.value));
  };
  const adapt = () => {
    if ("fault" in mappings) return;
    update(drawDesign(hardware, adapted(mappings.value, hardware)));
  };
  const adapted = (from: readonly Mapping[], on: Hardware) => {
    const task = { model: modelOf(target), workload, objective: { name: "edp" }, fixed: {} } as const;
    const found = attempt(() => adaptMappings(task, from, on));
    return "fault" in found || found.value === null ? from : found.value.layers.map(({ mapping }) => mapping);
  };
  return (
    <section class="room" aria-label="Hardware">
      <div class="two">
        <div class="sheet form">
          <h3>Sizes of {target.target.name}</h3>
          {target.target.sizes.map((size) => (
            <SizeSlider
              key={size.name}
              size={size}
              value={hardware[size.name]!}
              onMove={(value) => move(size.name, value)}
              onLeave={() => adapts && adapt()}
            />
          ))}
          <label>
            <input type="checkbox" checked={adapts} onChange={(event) => setAdapts(event.currentTarget.checked)} />{" "}
            adapt mappings after every change
          </label>
          <button type="button" onClick={adapt}>
            Adapt mappings now
          </button>
        </div>
        <div class="stack">
          {"fault" in figures ? (
            <FaultNote title="These mappings do not fit; adapt them" fault={figures.fault} />
          ) : (
            <Totals figures={figures.value} first={"fault" in first ? null : first.value} />
          )}
          {roofline !== null && (
            <div class="sheet">
              <ChartFigure chart={roofline} onSave={(chart, as) => void saveChart(chart, workload.name, as)} />
            </div>
          )}
          <DesignFront studio={studio} update={update} />
        </div>
      </div>
    </section>
  );
}

interface SizeSliderProps {
  readonly size: FreeSize;
  readonly value: number;
  readonly onMove: (value: number) => void;
  readonly onLeave: () => void;
}

function SizeSlider({ size, value, onMove, onLeave }: SizeSliderProps) {
  return (
    <label class="field slider" title={size.description}>
      <span>
        {size.name} <b>{quantity(value)}</b>
      </span>
      <input
        type="range"
        min="0"
        max="1000"
        aria-label={size.name}
        aria-valuetext={quantity(value)}
        value={sliderAt(size, value)}
        onInput={(event) => onMove(sizeAt(size, Number(event.currentTarget.value)))}
        onChange={onLeave}
      />
      <small class="quiet">
        {quantity(leastSize(size))} to {quantity(greatestSize(size))}
      </small>
    </label>
  );
}

function Totals({
  figures: { totals },
  first,
}: {
  readonly figures: DesignFigures;
  readonly first: DesignFigures | null;
}) {
  const rows = [
    ["EDP, uJ x cycles", "edp"],
    ["energy, uJ", "energyUj"],
    ["latency, cycles", "latencyCycles"],
    ["area, mm2", "areaMm2"],
  ] as const;
  return (
    <dl class="tiles">
      {rows.map(([name, key]) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>
            {quantity(totals[key])} {first !== null && <Change now={totals[key]} before={first.totals[key]} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Attempt<T> = { readonly value: T } | { readonly fault: LoopnestError["data"] };

/** What something gives, or what is wrong. */
function attempt<T>(what: () => T): Attempt<T> {
  try {
    return { value: what() };
  } catch (error) {
    if (error instanceof LoopnestError) return { fault: error.data };
    throw error;
  }
}
