import { type ExitCode, exitCodes } from "./exit-code.js";

/** An outcome to tell and to end with, where the input is not at fault. */
export class Failure extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.failure) {
    super(message);
    this.name = "Failure";
    this.exitCode = exitCode;
  }
}
