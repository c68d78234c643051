// A process that runs the built program as often as it is asked, one run at a time: see run-here.mjs.
import { runHere } from "./run-here.mjs";
import { keepThreads } from "./warm-threads.mjs";

keepThreads();
process.on("message", async ({ args, ...where }) => process.send(await runHere(args, where)));
process.send("ready");
