import { describe, expect, it } from "vitest";
import {
  builtInTarget,
  conv,
  gemmini,
  givenSizes,
  hardwareSizes,
  type LoopnestError,
  makeMapspace,
  problemShape,
} from "../src/index.js";
import { architectureSchema, parseDocument, problemSchema, targetSchema, workloadSchema } from "../src/schema/index.js";

/** Names that every object has without being given them. */
const inherited = ["toString", "hasOwnProperty", "constructor", "valueOf"];
const schemas = { problemSchema, architectureSchema, targetSchema, workloadSchema };

function faultsOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    const { data } = error as LoopnestError;
    return [data, ...(data.more ?? [])].map(({ problem }) => problem);
  }
}

describe("names", () => {
  it.each(inherited)("%s is a name like any other, for a size and for a dimension", (name) => {
    const sized = { ...gemmini, sizes: [...gemmini.sizes, { name, description: "", min: 2, max: 8, default: 4 }] };
    expect(hardwareSizes(sized, {}).at(-1)).toBe(4);
    expect(givenSizes(sized, {}).at(-1)).toBeNaN();
    expect(hardwareSizes(sized, { [name]: 6 }).at(-1)).toBe(6);

    const problem = { name, dims: { [name]: 3 }, tensors: [{ name, role: "output", ranks: [[[name, 1]]] }] } as const;
    expect(parseDocument(JSON.stringify(problem), { format: "json" }, problemSchema)).toEqual(problem);
    expect(problemShape(problem).bounds).toEqual(Float64Array.of(3));
    const unknown = { ...problem, dims: { C: 3 } };
    expect(() => problemShape(unknown)).toThrow(`names an unknown dimension ${name}`);
  });

  it.each(Object.entries(schemas))("__proto__ is refused by %s, as a field and as a name", (_, schema) => {
    for (const text of [
      '{"name": "x", "dims": {"__proto__": 3}}',
      '{"layers": [{"problem": {"dims": {"\\u005f_proto__": 3}}}]}',
      "name: x\ndims: {__proto__: 3}",
    ]) {
      expect(() => parseDocument<unknown>(text, {}, schema)).toThrow(
        "nothing can be called __proto__; give it another name",
      );
    }
    const problems = faultsOf(() => parseDocument<unknown>('{"name": "__proto__"}', {}, schema));
    expect(problems).toContain("is __proto__, which belongs to JavaScript");
  });
});

describe("numbers", () => {
  it("of a problem are whole, known, and exact", () => {
    const problem = conv({ R: 1, S: 1, P: 4, Q: 1, C: 4, K: 3 });
    const target = builtInTarget("gemmini");
    const bound = (C: number) => makeMapspace(target, { ...problem, dims: { ...problem.dims, C } });
    for (const C of [0, -2, 1.5, Number.NaN]) expect(() => bound(C)).toThrow(`the bound of C is ${C}`);
    expect(() => bound(2 ** 53)).toThrow("the bound of C is");
    const { C: _, ...dims } = problem.dims;
    expect(() => makeMapspace(target, { ...problem, dims })).toThrow("names an unknown dimension C");
  });

  it.each([
    ["1e308", "a number of at most 1e+30"],
    ["5e-324", "a number of at least 1e-30"],
    ["0", "a number above 0"],
  ])("of a machine are within the range in which totals are: not %s", (value, right) => {
    const { levels, ...rest } = gemmini;
    const [dram, ...others] = levels;
    const shared = Number(value);
    const text = JSON.stringify({ ...rest, levels: [{ ...dram, bandwidthWordsPerCycle: { shared } }, ...others] });
    expect(() => parseDocument(text, { format: "json" }, targetSchema)).toThrow(right);
  });
});

it("a document of another kind with thousands of fields is refused by the first of them", () => {
  const fields = Object.fromEntries(Array.from({ length: 8000 }, (_, i) => [`k${i}`, i]));
  const problems = faultsOf(() => parseDocument(JSON.stringify(fields), { format: "json" }, targetSchema));
  expect(problems).toContain("there is no field k0");
  expect(problems.length).toBeLessThan(40);
});
