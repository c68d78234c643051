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

/** An answer that has travelled. @param by Who gave it. */
export function receivedAnswer(sent: SentAnswer, by?: string): JobAnswer {
  const { text, seconds, convergenceSeconds } = sent;
  const told = () => JSON.parse(text) as { figures?: JobAnswer["figures"]; result?: SearchResult };
  return {
    sent,
    ...(by !== undefined && { by }),
    get figures() {
      return told().figures;
    },
    get result() {
      const { result } = told();
      if (result === undefined) throw new Error("of this job only figures were wanted");
      const at = (i: number) => convergenceSeconds[i] ?? seconds;
      return { ...result, seconds, convergence: result.convergence.map((point, i) => ({ ...point, seconds: at(i) })) };
    },
  };
}
