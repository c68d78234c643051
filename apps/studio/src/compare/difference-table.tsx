import { loopLine, quantity, times } from "@loopnest/report";
import type { KeptDesign } from "../state/studio.js";
import { layerDifferences } from "./layer-differences.js";

/** Layers that are shown: those that the difference comes from. */
const MOST = 12;

/** Where the difference of two designs comes from: the layers whose EDP parts most, with their loops. */
export function DifferenceTable({ designs: [one, other] }: { readonly designs: readonly [KeptDesign, KeptDesign] }) {
  const rows = layerDifferences(one.result, other.result).slice(0, MOST);
  if (rows.length === 0) return null;
  return (
    <>
      <h3>
        Where {other.label} differs from {one.label}
      </h3>
      <section class="scroll" tabIndex={0} aria-label="Layers that differ most">
        <table class="figures">
          <thead>
            <tr>
              <th>layer</th>
              <th class="number">energy, uJ</th>
              <th class="number">ratio</th>
              <th class="number">latency, cycles</th>
              <th class="number">ratio</th>
              <th>loops</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, a, b }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="number">
                  {quantity((a.count * a.energyPj) / 1e6)} → {quantity((b.count * b.energyPj) / 1e6)}
                </td>
                <td class="number">{times(b.energyPj / a.energyPj)}</td>
                <td class="number">
                  {quantity(a.count * a.latencyCycles)} → {quantity(b.count * b.latencyCycles)}
                </td>
                <td class="number">{times(b.latencyCycles / a.latencyCycles)}</td>
                <td class="shape">
                  {loopLine(a.mapping)}
                  <br />
                  {loopLine(b.mapping)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
