import { readFileSync, writeFileSync } from "node:fs";
import { countsNames } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { countBySteps, evaluate } from "../src/index.js";
import { type SemanticsExample, semanticsExamples } from "./semantics-examples.js";
import { wordCounts } from "./word-counts.js";

const page = new URL("../../../docs/semantics.md", import.meta.url);
const [BEGIN, END] = ["<!-- measured: begin -->", "<!-- measured: end -->"];

function measure({ given, level, tensor, count }: SemanticsExample) {
  const { problem, architecture, mapping } = given;
  const of = (found: Parameters<typeof wordCounts>[0]) => wordCounts(found)[level]![tensor]![count];
  const closedForm = countsNames.map((counts) => of(evaluate(problem, architecture, mapping, counts)));
  const walked = countsNames.map((counts) => of(countBySteps(problem, architecture, mapping, counts)));
  return { closedForm, walked, physical: of(countBySteps(problem, architecture, mapping, "physical")) };
}

describe("what Timeloop's rules count, against real buffers", () => {
  it.each(semanticsExamples)("$rule: $what", (example) => {
    const { today, in2022, physical } = example;
    const timeloop = [today, in2022];
    expect(measure(example)).toEqual({ closedForm: timeloop, walked: timeloop, physical });
  });

  it("stands in docs/semantics.md as measured (UPDATE_DOCS=1 writes it)", () => {
    const rows = semanticsExamples.map((example) => {
      const { walked, physical } = measure(example);
      const { rule, what, level, tensor, count } = example;
      return `| ${rule} | ${what} | ${tensor}, ${count} at ${level} | ${walked.join(" | ")} | ${physical} |`;
    });
    const head = `| rule | example | count | ${countsNames.join(" | ")} | real buffers |\n|---|---|---|---:|---:|---:|`;
    const table = [head, ...rows].join("\n");
    const text = readFileSync(page, "utf8");
    const [before, after] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
    if (process.env["UPDATE_DOCS"] === "1") {
      writeFileSync(page, `${text.slice(0, before)}\n\n${table}\n\n${text.slice(after)}`);
    } else {
      expect(text.slice(before, after).trim()).toBe(table);
    }
  });
});
