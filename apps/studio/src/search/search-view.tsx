import { objectiveUnit } from "@loopnest/optimizers";
import { duration, percent, quantity, times, whole } from "@loopnest/report";
import { useMemo } from "preact/hooks";
import { ChartFigure } from "../parts/chart-figure.js";
import { FaultNote } from "../parts/fault-note.js";
import { ShareBar } from "../parts/share-bar.js";
import { useCharts } from "../parts/use-charts.js";
import type { RoomProps } from "../state/room.js";
import type { SearchState } from "../state/search-state.js";
import { goTo } from "../state/transitions.js";
import { goOnSearch, pauseSearch, startSearch, stopSearch } from "./running-search.js";
import { SearchForm } from "./search-form.js";

/** A search on all cores, as it goes: convergence, the best design so far, its layers. */
export function SearchView({ studio, update }: RoomProps) {
  const { search } = studio;
  const busy = search?.status === "running" || search?.status === "paused";
  return (
    <section class="room" aria-label="Search">
      <div class="two">
        <SearchForm studio={studio} busy={busy} onStart={(order) => void startSearch(order, studio, update)} />
        <div class="stack">
          {search === null ? (
            <div class="sheet">
              <h3>Hardware and mappings in one loop</h3>
              <p class="quiet">
                The search runs here, on all cores of this machine. The same seed gives the same design as{" "}
                <code>loopnest search</code>.
              </p>
            </div>
          ) : (
            <>
              <Status search={search} update={update} />
              {search.fault !== null && <FaultNote title="The search ended without a design" fault={search.fault} />}
              <Convergence search={search} />
              <Best search={search} />
              {(search.status === "finished" || search.status === "stopped") && (
                <div class="bar">
                  <button type="button" onClick={() => update(goTo("mapping"))}>
                    See its mappings
                  </button>
                  <button type="button" onClick={() => update(goTo("hardware"))}>
                    Change its sizes
                  </button>
                  <button type="button" onClick={() => update(goTo("compare"))}>
                    Compare designs
                  </button>
                </div>
              )}
            </>
          )}
        </div>
      </div>
    </section>
  );
}

function Status({ search, update }: { readonly search: SearchState; readonly update: RoomProps["update"] }) {
  const { status, samples, budget, seconds, best, lowerBound, objective, within } = search;
  return (
    <div class="sheet">
      <div class="bar">
        <b role="status">{status}</b>
        <span>
          {whole(samples)} {budget !== null && `of ${whole(budget)} `}samples, {duration(seconds)}
        </span>
        <span class="grow" />
        {status === "running" && (
          <button type="button" onClick={() => pauseSearch(update)}>
            Pause
          </button>
        )}
        {status === "paused" && (
          <button type="button" onClick={() => goOnSearch(update)}>
            Go on
          </button>
        )}
        {(status === "running" || status === "paused") && (
          <button type="button" onClick={stopSearch}>
            Stop with the best so far
          </button>
        )}
      </div>
      {budget !== null && <progress max={budget} value={Math.min(samples, budget)} aria-label="Samples spent" />}
      {best !== null && (
        <p>
          best: <b data-value={best.value}>{quantity(best.value)}</b> {objectiveUnit(objective)}
          {lowerBound !== null && (
            <span class="quiet">
              {" "}
              · none can be below {quantity(lowerBound)},{" "}
              {percent(Math.max(0, (within?.value ?? best.value) / lowerBound - 1))} less
              {within !== null && " than the best found"}
            </span>
          )}
        </p>
      )}
      {best !== null && within !== null && (
        <p>
          smallest within {percent(within.share)}: {quantity(best.areaMm2)} mm2, {times(best.areaMm2 / within.areaMm2)}{" "}
          the area of the best found ({quantity(within.value)} {objectiveUnit(objective)}, {quantity(within.areaMm2)}{" "}
          mm2)
        </p>
      )}
    </div>
  );
}

/** How the best value fell; of a search that proves a bound, how the two close in. */
function Convergence({ search }: { readonly search: SearchState }) {
  const charts = useCharts();
  const { convergence, proven, samples, seconds, objective } = search;
  const chart = useMemo(() => {
    const unit = objectiveUnit(objective);
    const bounds = proven.length > 0 ? charts?.boundsChart({ found: convergence, proven, seconds, unit }) : null;
    return bounds ?? charts?.convergenceChart([{ label: "search", result: { convergence, samples, unit } }]) ?? null;
  }, [charts, convergence, proven]);
  if (chart === null) return null;
  return (
    <div class="sheet">
      <ChartFigure chart={chart} />
    </div>
  );
}

function Best({ search: { best } }: { readonly search: SearchState }) {
  if (best === null) return null;
  const { energyUj, latencyCycles } = best;
  return (
    <>
      <dl class="tiles">
        {Object.entries(best.hardware).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{quantity(value)}</dd>
          </div>
        ))}
        <div>
          <dt>energy, uJ</dt>
          <dd>{quantity(energyUj)}</dd>
        </div>
        <div>
          <dt>latency, cycles</dt>
          <dd>{quantity(latencyCycles)}</dd>
        </div>
        <div>
          <dt>area, mm2</dt>
          <dd>{quantity(best.areaMm2)}</dd>
        </div>
      </dl>
      <section class="scroll" tabIndex={0} aria-label="Layers of the best design">
        <table class="figures">
          <thead>
            <tr>
              <th>layer</th>
              <th class="number">times</th>
              <th class="number">of energy</th>
              <th class="number">of latency</th>
            </tr>
          </thead>
          <tbody>
            {best.layers.map(({ name, count, energyPj, latencyCycles: cycles }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="number">{whole(count)}</td>
                <td class="number">
                  <ShareBar share={(count * energyPj) / 1e6 / energyUj} />
                </td>
                <td class="number">
                  <ShareBar share={(count * cycles) / latencyCycles} color="var(--level-1)" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
