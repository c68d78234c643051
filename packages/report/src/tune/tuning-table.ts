import { plainTable } from "../tables/plain-table.js";
import type { Table } from "../tables/table.js";
import { terminalText } from "../text/media.js";
import type { TextStyle } from "../text/text-style.js";
import type { Tuning } from "./tuning.js";
import { designTable, edpText, kindTable, limitTable, roundTable, tuningTitle } from "./tuning-rows.js";

/** What came of tuning, for a terminal. */
export function tuningTable(tuning: Tuning, { bold, dim, columns: width }: TextStyle): string {
  const block = (title: string, { columns, rows }: Table) => {
    const [head, ...body] = plainTable(columns, rows, width).split("\n");
    return [bold(title), dim(head!), ...body, ""].join("\n");
  };
  const best = tuning.designs.find(({ name }) => name === tuning.best);
  const blocks = [
    `${bold(terminalText(tuningTitle(tuning)))}\n`,
    block("predicted against measured cycles", roundTable(tuning)),
    block("median error of predictions by kind of layer", kindTable(tuning)),
    block(`designs; ${edpText(tuning)}, * the best one`, designTable(tuning)),
    ...(best === undefined ? [] : [block(`what limits ${best.name}`, limitTable(best))]),
  ];
  return `${blocks.join("\n")}\n`.replace(/\n+$/, "\n");
}
