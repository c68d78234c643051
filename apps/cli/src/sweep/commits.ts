import { emptyLedger, type KeyTable, type Ledger } from "@loopnest/sweep";
import { Failure } from "../errors/failure.js";
import { writeWithin } from "../files/own-folder.js";
import { textHash } from "../jobs/contents.js";
import type { SentAnswer } from "../jobs/job.js";
import { jsonText } from "../terminal/print-data.js";
import { type Journal, type JournalLine, openJournal, readJournal } from "./journal.js";
import { SWEEP_FILES } from "./sweep-files.js";

/** The answers of a sweep: each search counts once, however often it was run. */
export interface Commits {
  readonly ledger: Ledger;
  readonly journal: Journal;
  /**
   * Takes the answer of a search.
   *
   * @param by Who gives it.
   * @returns Whether it is new.
   * @throws Failure if another answer is there already: both are kept, and nothing else may count.
   */
  commit(key: string, answer: SentAnswer, by: string): Promise<boolean>;
  /** Notes that a search failed; an answer stays. */
  fail(key: string, error: string, by: string): Promise<void>;
}

/**
 * Opens the answers of a sweep's folder.
 *
 * @param keys Of the manifest, in its order.
 * @throws LoopnestError `input` for a damaged journal, Failure for one with two answers of one search.
 */
export async function openCommits(dir: string, keys: KeyTable, onFull?: () => void): Promise<Commits> {
  const ledger = emptyLedger(keys);
  const journal = await openJournal(dir, noting(ledger, dir), onFull);
  return {
    ledger,
    journal,
    async commit(key, answer, by) {
      const index = ledger.keys.indexOf(key);
      if (index < 0) throw new Failure(`${key} is no search of this sweep`);
      const digest = textHash(answer.text);
      const outcome = ledger.judge(index, digest);
      if (outcome === "same") return false;
      if (outcome === "conflict") {
        const first = await journal.lineAt(ledger.placeAt(index));
        const second = { key, by, sha256: digest, seconds: answer.seconds, answer: JSON.parse(answer.text) };
        await writeWithin(dir, SWEEP_FILES.alarm, jsonText({ first, second }));
        throw conflict(key, dir, first.by, by);
      }
      const head = JSON.stringify({ key, by, sha256: digest, seconds: answer.seconds }).slice(0, -1);
      const { place, written } = journal.append(`${head},"answer":${answer.text}}`);
      // From now on every other answer is a further one.
      ledger.commit(index, digest, place);
      await written;
      return true;
    },
    async fail(key, error, by) {
      const index = ledger.keys.indexOf(key);
      if (index < 0 || ledger.stateAt(index) === "done") return;
      const { place, written } = journal.append(JSON.stringify({ key, by, error }));
      ledger.fail(index, place);
      await written;
    },
  };
}

/** What a sweep's folder has answers of, read without touching it. */
export async function readLedger(dir: string, keys: KeyTable): Promise<Ledger> {
  const ledger = emptyLedger(keys);
  await readJournal(dir, noting(ledger, dir));
  return ledger;
}

function noting({ keys, fail, commit }: Ledger, dir: string) {
  return (line: JournalLine, place: number) => {
    const index = keys.indexOf(line.key);
    if (index < 0) return;
    if ("error" in line) fail(index, place);
    else if (commit(index, line.sha256, place) === "conflict") throw conflict(line.key, dir);
  };
}

function conflict(key: string, dir: string, first = "one run", second = "another"): Failure {
  return new Failure(
    `search ${key.slice(0, 16)} has two answers, by ${first} and by ${second}: it is not deterministic, so that ` +
      "the sweep " +
      `means nothing; please report this with ${dir}/${SWEEP_FILES.alarm}`,
  );
}
