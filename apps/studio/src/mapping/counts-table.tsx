import type { Evaluation } from "@loopnest/model-analytical";
import { fileName, levelColor, percent, quantity, whole } from "@loopnest/report";
import type { LayerView } from "../design/layer-view.js";
import { save } from "../files/save.js";
import { Change } from "../parts/change.js";
import { countsCsv } from "./counts-csv.js";

interface CountsTableProps {
  readonly view: LayerView;
  readonly evaluation: Evaluation;
  readonly pinned: Evaluation | null;
}

const COUNTS = ["reads", "updates", "fills", "utilizedCapacity"] as const;

/** Every count of every level and tensor, as `loopnest evaluate` gives it; with a pinned mapping, what changed. */
export function CountsTable({ view, evaluation, pinned }: CountsTableProps) {
  const { energyPj, computeEnergyPj } = evaluation;
  return (
    <>
      <div class="bar">
        <h3>Counts{pinned !== null && <span class="quiet"> against the pinned mapping</span>}</h3>
        <span class="grow" />
        <button
          type="button"
          class="link"
          onClick={() => save(`${fileName(view.layer.problem.name)}-counts.csv`, countsCsv(evaluation), "text/csv")}
        >
          CSV
        </button>
      </div>
      <section class="scroll" tabIndex={0} aria-label="Counts">
        <table class="figures counts">
          <thead>
            <tr>
              <th>level</th>
              <th>tensor</th>
              {["reads", "updates", "fills", "words of a tile", "energy, uJ", "of energy", "cycles"].map((title) => (
                <th key={title} class="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.architecture.levels.map(({ name }, l) => {
              const level = evaluation.levels[name]!;
              const tensors = Object.entries(level.tensors);
              return tensors.map(([tensor, counts], t) => {
                const before = pinned?.levels[name]?.tensors[tensor];
                return (
                  <tr key={`${name} ${tensor}`} data-level={name} data-tensor={tensor}>
                    <th scope="row">
                      <span class={t === 0 ? "" : "unseen"}>
                        <span class="swatch" style={{ background: levelColor(l) }} aria-hidden="true" /> {name}
                      </span>
                    </th>
                    <td>{tensor}</td>
                    {COUNTS.map((count) => (
                      <td key={count} class="number" data-count={count}>
                        {pinned !== null && <Change now={counts[count]} before={before?.[count] ?? 0} />}{" "}
                        <data value={counts[count]}>{whole(counts[count])}</data>
                      </td>
                    ))}
                    <td class="number">
                      {pinned !== null && <Change now={counts.energyPj} before={before?.energyPj ?? 0} />}{" "}
                      {quantity(counts.energyPj / 1e6)}
                    </td>
                    <td class="number">{percent(counts.energyPj / energyPj)}</td>
                    <td class="number">{t === 0 && whole(level.cycles)}</td>
                  </tr>
                );
              });
            })}
            <tr>
              <th scope="row">MAC units</th>
              <td colSpan={5} />
              <td class="number">{quantity(computeEnergyPj / 1e6)}</td>
              <td class="number">{percent(computeEnergyPj / energyPj)}</td>
              <td class="number">{whole(evaluation.computeCycles)}</td>
            </tr>
          </tbody>
        </table>
      </section>
    </>
  );
}
