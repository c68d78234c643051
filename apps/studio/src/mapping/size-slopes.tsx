import { elasticitiesOf } from "../design/elasticities-of.js";
import type { LayerView } from "../design/layer-view.js";
import { useAfterFrame } from "../parts/use-after-frame.js";
import type { Studio } from "../state/studio.js";

/** Rows that are shown: those that matter most. */
const MOST = 7;

/** What 1 % more of every size, bandwidth and energy does to the layer's EDP. */
export function SizeSlopes({ studio, view }: { readonly studio: Studio; readonly view: LayerView }) {
  const { layer, mapping, judged } = view;
  const { target } = studio;
  const { hardware } = studio.drawing;
  const found = useAfterFrame(
    () => ("fault" in judged ? [] : elasticitiesOf(target, [{ ...layer, mapping }], hardware)),
    [target, hardware, layer, mapping],
  );
  if (found === null || found.value.length === 0) return null;
  const rows = [...found.value].sort((a, b) => Math.abs(b.edp) - Math.abs(a.edp)).slice(0, MOST);
  return (
    <div class="sheet">
      <h3>EDP, with 1 % more of</h3>
      <table class={found.current ? "slopes" : "slopes stale"}>
        <tbody>
          {rows.map(({ name, edp }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class={Math.abs(edp) < 5e-4 ? "" : edp < 0 ? "good" : "bad"}>
                {edp > 0 ? "+" : edp < 0 ? "−" : ""}
                {Math.abs(edp).toFixed(2)} %
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
