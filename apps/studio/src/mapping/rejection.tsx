import type { Mapping } from "@loopnest/mapspace";
import { explainRejection, type RejectionExplanation } from "@loopnest/model-analytical/explain";
import { changeText, quantity } from "@loopnest/report";
import { useEffect, useState } from "preact/hooks";
import type { LayerView } from "../design/layer-view.js";

interface RejectionProps {
  readonly view: LayerView;
  readonly onTake: (mapping: Mapping) => void;
}

/** What does not fit, by how much; and, as soon as it is found, the nearest mapping that does. */
export function Rejection({ view, onTake }: RejectionProps) {
  const { layer, architecture, mapping, space, judged } = view;
  const [found, setFound] = useState<RejectionExplanation | null>(null);
  useEffect(() => {
    setFound(null);
    // After the frame: the counts come first, the way out as soon as it is known.
    const timer = setTimeout(() => setFound(nearest(view)), 30);
    return () => clearTimeout(timer);
  }, [layer, architecture, mapping]);
  const reasons = found?.reasons ?? ("fault" in judged ? [judged.fault] : []);
  const near = found?.nearest ?? null;
  return (
    <div class="note" role="alert" aria-label="Does not fit">
      <b>{space.target.name} cannot run this mapping</b>
      <ul>
        {reasons.map(({ code, problem, needed, available }) => (
          <li key={problem}>
            {problem}
            {code !== "factors" && needed !== undefined && available !== undefined && available > 0 && (
              <span class="quiet"> ({quantity(needed / available)} x what there is)</span>
            )}
          </li>
        ))}
      </ul>
      {near !== null && (
        <div class="bar">
          <button type="button" class="main" onClick={() => onTake(near.mapping)}>
            Take the nearest that fits
          </button>
          <span>
            {near.moves} {near.moves === 1 ? "move" : "moves"} away: {near.changes.map(changeText).join("; ")}
          </span>
        </div>
      )}
    </div>
  );
}

/** The nearest of the target's own space; of all mappings if this one lies outside of it. */
function nearest({ layer: { problem }, architecture, mapping, space }: LayerView): RejectionExplanation | null {
  const own = explainRejection(problem, architecture, mapping, space);
  return own?.nearest === null ? explainRejection(problem, architecture, mapping) : own;
}
