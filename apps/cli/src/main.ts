import { version } from "../package.json";

// A reader that has seen enough (`| head`) closes the pipe: nothing is wrong, and nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  // Asked for by scripts again and again: without loading the program.
  process.stdout.write(`${version}\n`);
} else {
  const { runProgram } = await import("./program.js");
  process.exitCode = await runProgram(args);
}
