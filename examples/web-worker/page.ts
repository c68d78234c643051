// The page: starts the worker, shows what it says. The package web-worker is the browser's own Worker in a browser, and
// the same interface in Node, so that this runs in both:
//
//     npx esbuild web-worker/*.ts --bundle --format=esm --outdir=web-worker/dist
//     npx tsx web-worker/page.ts
//     # or serve this folder and open web-worker/index.html

import Worker from "web-worker";
import type { FromWorker, ToWorker } from "./search-worker.js";

/** What this page uses of a worker, with the types of its messages. */
interface SearchWorker {
  postMessage(message: ToWorker): void;
  addEventListener(type: "message", listener: (event: { readonly data: FromWorker }) => void): void;
  terminate(): void;
}

// The worker is bundled in either case; the page is, in the browser.
const script = import.meta.url.endsWith(".ts") ? "./dist/search-worker.js" : "./search-worker.js";
const worker = new Worker(new URL(script, import.meta.url), { type: "module" }) as unknown as SearchWorker;

worker.addEventListener("message", ({ data }) => {
  if (data.type === "progress") {
    show(`${Math.round(data.samples)} samples, best EDP ${data.value?.toExponential(3) ?? "-"}`);
    return;
  }
  worker.terminate();
  if (data.type === "error") show(data.message);
  else show(`done: EDP ${data.best?.value.toExponential(3)} on ${JSON.stringify(data.best?.hardware)}`);
});
worker.postMessage({ type: "search", network: "bert", target: "gemmini", samples: 2000 });

function show(line: string): void {
  const { document } = globalThis as { document?: { body: { append(text: string): void } } };
  if (document) document.body.append(`${line}\n`);
  else console.log(line);
}
