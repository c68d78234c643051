export { type GrowingKeyTable, growingKeyTable, KEY_PATTERN, type KeyTable, keyTable } from "./commit/key-table.js";
export { type Commit, emptyLedger, type KeyState, type Ledger } from "./commit/ledger.js";
export { type CellValue, type ResultColumn, resultColumns } from "./results/columns.js";
export type { PointFigures, SweepRow } from "./results/sweep-row.js";
export { type Point, type PointField, pointText } from "./study/point.js";
export { gridSize, type StudyPoint, studyPoints } from "./study/study-points.js";
export {
  type Axes,
  type Exclusion,
  type Span,
  type Study,
  type StudyNames,
  studySchema,
} from "./study/study-schema.js";
