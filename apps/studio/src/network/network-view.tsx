import { fileName, quantity, whole } from "@loopnest/report";
import { useMemo, useState } from "preact/hooks";
import { save } from "../files/save.js";
import { ShareBar } from "../parts/share-bar.js";
import type { RoomProps } from "../state/room.js";
import { chooseLayer, goTo } from "../state/transitions.js";
import { networkCsv } from "./network-csv.js";
import { kindRows, type NetworkRow, networkRows, sumOf } from "./network-rows.js";
import { chosenRows, everyRow, type RowChoice, type SortKey, sortedBy } from "./sorted-rows.js";

const COLUMNS: readonly (readonly [SortKey, title: string, hint?: string])[] = [
  ["name", "operator"],
  ["kind", "kind"],
  ["shape", "shape", "bounds of the loops; R, S: filter; P, Q: output; C, K: channels in and out; N: batch; G: groups"],
  ["count", "times"],
  ["macs", "MACs"],
  ["parameters", "parameters", "words of the second operand: weights, or what takes their place"],
  ["wordsIn", "words in"],
  ["wordsOut", "words out"],
  ["intensity", "MACs a word", "arithmetic intensity: MACs for each word that comes or goes, every word once"],
  ["share", "share of MACs"],
];

/** What a network asks for, operator by operator. */
export function NetworkView({ studio, update }: RoomProps) {
  const { workload } = studio.network;
  const [choice, setChoice] = useState<RowChoice>(everyRow);
  const rows = useMemo(() => networkRows(workload), [workload]);
  const kinds = useMemo(() => kindRows(rows), [rows]);
  const shown = chosenRows(rows, choice);
  const all = sumOf(rows, "all");
  const sums = sumOf(shown, "sum");
  const open = (layer: number) => {
    update(chooseLayer(layer));
    update(goTo("mapping"));
  };
  return (
    <section class="room" aria-labelledby="network-title">
      <h2 id="network-title">{workload.name}</h2>
      <p class="quiet">{[workload.description, workload.source].filter(Boolean).join(" · ")}</p>
      <dl class="tiles">
        <Tile name="operators" value={whole(all.count)} />
        <Tile name="MACs" value={quantity(all.macs)} />
        <Tile name="parameters" value={quantity(all.parameters)} />
        <Tile name="words in and out" value={quantity(all.wordsIn + all.wordsOut)} />
        <Tile name="MACs a word" value={quantity(all.intensity)} />
      </dl>
      <h3>By kind</h3>
      <div class="kinds">
        <KindButton row={all} label="everything" chosen={choice.kind === null} onChoose={() => choose(null)} />
        {kinds.map((row) => (
          <KindButton
            key={row.kind}
            row={row}
            label={row.kind}
            chosen={choice.kind === row.kind}
            onChoose={() => choose(row.kind)}
          />
        ))}
      </div>
      <div class="bar">
        <h3>Operators</h3>
        <input
          type="search"
          placeholder="Search: name, kind, K512"
          aria-label="Search operators"
          value={choice.search}
          onInput={(event) => setChoice({ ...choice, search: event.currentTarget.value })}
        />
        <span class="quiet" role="status">
          {shown.length} of {rows.length}
        </span>
        <span class="grow" />
        <button
          type="button"
          class="link"
          onClick={() => save(`${fileName(workload.name)}-operators.csv`, networkCsv(shown), "text/csv")}
        >
          CSV
        </button>
      </div>
      <section class="scroll" tabIndex={0} aria-label="Operators">
        <table class="figures">
          <thead>
            <tr>
              {COLUMNS.map(([key, title, hint]) => (
                <th
                  key={key}
                  class={isWord(key) ? "" : "number"}
                  aria-sort={choice.sort !== key ? undefined : choice.descending ? "descending" : "ascending"}
                  title={hint}
                >
                  <button type="button" onClick={() => setChoice(sortedBy(choice, key))}>
                    {title}
                    <span aria-hidden="true">{choice.sort !== key ? "" : choice.descending ? " ↓" : " ↑"}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={`${row.layer ?? row.kind} ${row.name}`} row={row} onOpen={open} />
            ))}
          </tbody>
          <tfoot>
            <Row row={{ ...sums, name: `${shown.length} operators`, kind: "", shape: "" }} onOpen={open} />
          </tfoot>
        </table>
      </section>
    </section>
  );

  function choose(kind: string | null) {
    setChoice({ ...choice, kind });
  }
}

function isWord(key: SortKey): boolean {
  return key === "name" || key === "kind" || key === "shape";
}

function Tile({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

interface KindButtonProps {
  readonly row: NetworkRow;
  readonly label: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function KindButton({ row, label, chosen, onChoose }: KindButtonProps) {
  return (
    <button type="button" class={row.warning === null ? "kind" : "kind warns"} aria-pressed={chosen} onClick={onChoose}>
      <b>{label}</b>
      <span>
        {whole(row.count)} {row.count === 1 ? "operator" : "operators"}
      </span>
      {row.macs > 0 ? <ShareBar share={row.share} /> : <span>{quantity(row.wordsIn + row.wordsOut)} words</span>}
    </button>
  );
}

function Row({ row, onOpen }: { readonly row: NetworkRow; readonly onOpen: (layer: number) => void }) {
  const { layer } = row;
  const number = (value: number) => (value === 0 ? "" : quantity(value));
  return (
    <tr class={row.warning === null ? "" : "warns"} title={row.warning ?? undefined}>
      <th scope="row">
        {layer === null ? (
          row.name
        ) : (
          <button type="button" class="link" title="See its mapping" onClick={() => onOpen(layer)}>
            {row.name}
          </button>
        )}
      </th>
      <td>{row.kind}</td>
      <td class="shape">{row.warning ?? row.shape}</td>
      <td class="number">{whole(row.count)}</td>
      <td class="number">{number(row.macs)}</td>
      <td class="number">{number(row.parameters)}</td>
      <td class="number">{number(row.wordsIn)}</td>
      <td class="number">{number(row.wordsOut)}</td>
      <td class="number">{number(row.intensity)}</td>
      <td class="number">{row.macs > 0 && <ShareBar share={row.share} />}</td>
    </tr>
  );
}
