import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { countBySteps, evaluate } from "../src/index.js";
import { type SemanticsExample, semanticsExamples } from "./semantics-examples.js";

const page = new URL("../../../docs/semantics.md", import.meta.url);
const [BEGIN, END] = ["<!-- measured: begin -->", "<!-- measured: end -->"];

function measure({ given, level, tensor, count }: SemanticsExample) {
  const { problem, architecture, mapping } = given;
  const of = (found: ReturnType<typeof countBySteps>) => found.levels[level]!.tensors[tensor]![count];
  return {
    closedForm: of({ ...evaluate(problem, architecture, mapping), handedOver: {} }),
    timeloop: of(countBySteps(problem, architecture, mapping, "timeloop")),
    physical: of(countBySteps(problem, architecture, mapping, "physical")),
  };
}

describe("what Timeloop's rules count, against real buffers", () => {
  it.each(semanticsExamples)("$rule: $what", (example) => {
    const { timeloop, physical } = example;
    expect(measure(example)).toEqual({ closedForm: timeloop, timeloop, physical });
  });

  it("stands in docs/semantics.md as measured (UPDATE_DOCS=1 writes it)", () => {
    const rows = semanticsExamples.map((example) => {
      const { timeloop, physical } = measure(example);
      const { rule, what, level, tensor, count } = example;
      return `| ${rule} | ${what} | ${tensor}, ${count} at ${level} | ${timeloop} | ${physical} |`;
    });
    const table = ["| rule | example | count | Timeloop | real buffers |", "|---|---|---|---:|---:|", ...rows].join(
      "\n",
    );
    const text = readFileSync(page, "utf8");
    const [before, after] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
    if (process.env["UPDATE_DOCS"] === "1") {
      writeFileSync(page, `${text.slice(0, before)}\n\n${table}\n\n${text.slice(after)}`);
    } else {
      expect(text.slice(before, after).trim()).toBe(table);
    }
  });
});
