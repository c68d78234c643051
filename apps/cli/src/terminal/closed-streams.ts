import { exitCodes } from "../errors/exit-code.js";
import { isSystemError, systemText } from "../errors/system-fault.js";

/** Ends the program as it should end where its output cannot be written. */
export function watchStreams(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) closes the pipe: nothing is wrong, and nobody is left to tell.
    if (error.code === "EPIPE") process.exit();
    if (!isSystemError(error)) throw error;
    process.stderr.write(`${systemText({ ...error, message: error.message, path: "standard output" })}\n`);
    process.exit(exitCodes.failure);
  });
  // Nobody listens to progress and messages: the work goes on.
  process.stderr.on("error", () => {});
}
