import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Answer } from "./answer.js";
import { answerCases } from "./answer-cases.js";

const folder = mkdtempSync(join(tmpdir(), "loopnest-answers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cases = ["a", "b", "c", "d", "e", "f"].map((id, n) => ({ id, n }));

/** A program of one line: `one` is the case, `say` writes an answer. */
const program = (body: string, from = "process.stdin") =>
  `const say = (answer) => console.log(JSON.stringify({ id: one.id, ...answer })); let one; let text = "";
   ${from}.on("data", (data) => (text += data)).on("end", async () => {
     for (const line of text.trim().split("\\n")) { one = JSON.parse(line); ${body} }
   });`.replaceAll("\n", " ");

async function answered(text: string, batch: number, more: { shell?: boolean; timeoutMs?: number } = {}) {
  const answers: Record<string, Answer | string> = {};
  const { shell = false, timeoutMs } = more;
  await answerCases(
    cases,
    { text, shell, path: "--measure" },
    {
      ...{ jobs: 3, batch, signal: new AbortController().signal },
      ...(timeoutMs !== undefined && { timeoutMs }),
      async onAnswer({ id }, answer) {
        answers[id] = answer;
      },
      async onFailure({ id }, reason) {
        answers[id] = reason;
      },
    },
  );
  return answers;
}

const node = (script: string, ...args: string[]) => `'${process.execPath}' -e '${script}' ${args.join(" ")}`;
/** A script in a file: shells of all systems read its name alike, between double quotes. */
function script(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
const all = Object.fromEntries(cases.map(({ id, n }) => [id, { cycles: n + 1 }]));

test("cases come on standard input or in a file, in batches", async () => {
  const script = program("say({ cycles: one.n + 1 });");
  expect(await answered(node(script), 2)).toEqual(all);
  const file = program("say({ cycles: one.n + 1 });", 'require("fs").createReadStream(process.argv[1])');
  expect(await answered(node(file, "{cases}"), 6)).toEqual(all);
});

test("a shell reads the command if asked for", async () => {
  const cat = script("cat.cjs", 'require("fs").createReadStream(process.argv[2]).pipe(process.stdout);');
  const simulator = script("simulator.cjs", program("say({ cycles: one.n + 1 });"));
  const piped = `"${process.execPath}" "${cat}" {cases} | "${process.execPath}" "${simulator}"`;
  expect(await answered(piped, 3, { shell: true })).toEqual(all);
});

test("a program that dies, hangs or answers nonsense loses the cases at fault only", async () => {
  const script = program(
    `if (one.n === 1) process.exit(4); if (one.n === 3) await new Promise((done) => setTimeout(done, 1e6));
     if (one.n === 4) { console.error("no room"); say({ error: "too large" }); }
     else say({ cycles: one.n === 5 ? -1 : one.n + 1 });`,
  );
  expect(await answered(node(script), 6, { timeoutMs: 2000 })).toEqual({
    ...all,
    b: "it ended with code 4 without an answer",
    d: "it gave no answer within 2 s",
    e: "too large",
    f: expect.stringMatching(/^its answer cannot be used: cycles/),
  });
});

test("a program that is not there is an error of the option", async () => {
  await expect(answered("no-such-program", 6)).rejects.toThrow(/--measure.*there is no such program|no such program/);
});

test("what is given up has no answers, and what it started ends", async () => {
  const sleep = script("sleep.cjs", "setTimeout(() => {}, 60_000);");
  const text = `"${process.execPath}" "${sleep}" | "${process.execPath}" "${sleep}"`;
  const stop = new AbortController();
  const hooks = { jobs: 1, batch: 6, signal: stop.signal, onAnswer: async () => {}, onFailure: async () => {} };
  const begin = Date.now();
  setTimeout(() => stop.abort(), 200);
  await answerCases(cases, { text, shell: true, path: "" }, hooks);
  expect(Date.now() - begin).toBeLessThan(30_000);
});
