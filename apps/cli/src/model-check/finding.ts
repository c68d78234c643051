/** What was found of something that loopnest uses: a program, a folder, a property of a model. */
export interface Finding {
  readonly name: string;
  /** `missing`: something can be done without it; `fault`: something must be put right. */
  readonly state: "ok" | "missing" | "fault";
  /** Version, place or reason. */
  readonly found: string;
  /** What it is for. */
  readonly purpose: string;
}
