/** The simulator cannot be built or run, or a run went wrong: nothing that the job's author could mend. */
export class SimulatorError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SimulatorError";
  }
}
