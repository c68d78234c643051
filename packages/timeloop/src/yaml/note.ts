import type { SourcePosition } from "@loopnest/mapspace";

/**
 * Something in a file that is read otherwise than it stands there, or not at all: counts and energies are without it.
 */
export interface Note {
  /** One sentence. */
  readonly problem: string;
  readonly path?: string;
  readonly position: SourcePosition;
}

/** Who wants to know of notes. */
export interface NoteOptions {
  /** Is told of everything that is read otherwise than it stands in the file, or not at all. */
  readonly onNote?: (note: Note) => void;
}
