import type { SearchResult } from "@loopnest/optimizers";
import type { JobAnswer, SearchJob, SentAnswer } from "./job.js";

/** An answer as it travels; as it has, if it has. @param wants What is to be told. */
export function sentAnswer(answer: JobAnswer, wants: SearchJob["wants"] = "result"): SentAnswer {
  if (answer.sent !== undefined) return answer.sent;
  const { result, figures } = answer;
  const { seconds, convergence, ...rest } = result;
  const timeless = { ...rest, convergence: convergence.map(({ samples, value }) => ({ samples, value })) };
  return {
    text: JSON.stringify({ ...(wants !== "result" && { figures }), ...(wants !== "figures" && { result: timeless }) }),
    seconds,
    convergenceSeconds: wants === "figures" ? [] : convergence.map((point) => point.seconds),
    stopped: result.stopped,
  };
}

/** The answer of a job that somebody else has done. @param by Who. */
export function receivedAnswer(sent: SentAnswer, by: string): JobAnswer {
  const { text, seconds, convergenceSeconds } = sent;
  const { figures, result } = JSON.parse(text) as { figures?: JobAnswer["figures"]; result?: SearchResult };
  return {
    ...(figures !== undefined && { figures }),
    ...{ sent, by },
    get result(): SearchResult {
      if (result === undefined) throw new Error("of this job only figures were wanted");
      const at = (i: number) => convergenceSeconds[i] ?? seconds;
      return { ...result, seconds, convergence: result.convergence.map((point, i) => ({ ...point, seconds: at(i) })) };
    },
  };
}
