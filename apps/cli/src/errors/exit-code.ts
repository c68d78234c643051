/** What the program's exit code says. */
export const exitCodes = {
  done: 0,
  /** Something that should hold does not: a figure that does not reproduce, a defect of the program. */
  failure: 1,
  /** Usage or input. */
  input: 2,
  /** Nothing feasible was found. */
  infeasible: 3,
  /** Ctrl-C, or a request to end. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
