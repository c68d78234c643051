import { runProgram } from "./program.js";

// A reader that has seen enough (`| head`) closes the pipe: nothing is wrong, and nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

process.exitCode = await runProgram(process.argv.slice(2));
