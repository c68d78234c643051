import { quantity, times } from "@loopnest/report";
import type { RoomProps } from "../state/room.js";
import { openDesign } from "../state/transitions.js";

/** Above the best value, as a fraction of it, within which the smallest design is named. */
const WITHIN = 0.05;

/** The designs that were found for this network and target, and which of them no other beats in both area and EDP. */
export function DesignFront({ studio, update }: RoomProps) {
  const { network, target, designs } = studio;
  const own = designs.filter(
    (design) =>
      design.network.workload.name === network.workload.name && design.target.target.name === target.target.name,
  );
  if (own.length === 0) return null;
  const figures = own.map(({ result: { totals } }) => totals);
  const isOnFront = ({ areaMm2, edp }: (typeof figures)[number]) =>
    !figures.some(
      (other) => other.areaMm2 <= areaMm2 && other.edp <= edp && (other.areaMm2 < areaMm2 || other.edp < edp),
    );
  const best = Math.min(...figures.map(({ edp }) => edp));
  const near = own.filter(({ result }) => result.totals.edp <= (1 + WITHIN) * best);
  const smallest = near.reduce((least, design) =>
    design.result.totals.areaMm2 < least.result.totals.areaMm2 ? design : least,
  );
  return (
    <>
      <h3>Designs found so far</h3>
      <section class="scroll" tabIndex={0} aria-label="Designs found so far">
        <table class="figures">
          <thead>
            <tr>
              <th>design</th>
              <th class="number">EDP</th>
              <th class="number">beside the best</th>
              <th class="number">area, mm2</th>
              <th>front of area and EDP</th>
            </tr>
          </thead>
          <tbody>
            {own.map((design) => {
              const { totals } = design.result;
              return (
                <tr key={design.label}>
                  <th scope="row">
                    <button type="button" class="link" onClick={() => update(openDesign(design))}>
                      {design.label}
                    </button>
                  </th>
                  <td class="number">{quantity(totals.edp)}</td>
                  <td class="number">{times(totals.edp / best)}</td>
                  <td class="number">{quantity(totals.areaMm2)}</td>
                  <td>
                    {isOnFront(totals) && "on it"}
                    {design === smallest && `, smallest within ${100 * WITHIN} % of the best`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </>
  );
}
