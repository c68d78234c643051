import { version } from "../package.json";
import { watchStreams } from "./terminal/closed-streams.js";

watchStreams();

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  // Asked for by scripts again and again: without loading the program.
  process.stdout.write(`${version}\n`);
} else {
  const { runProgram } = await import("./program.js");
  process.exitCode = await runProgram(args);
}
