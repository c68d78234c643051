export type { TreeCost } from "./count-tree.js";
export { countTree } from "./count-tree.js";
export { treeCaseSchema } from "./tree/record.js";
export type {
  Access,
  Cascade,
  ComputeNode,
  Einsum,
  LoopNode,
  MeshDimension,
  SplitNode,
  StoreNode,
  TreeArchitecture,
  TreeCase,
  TreeLevel,
  TreeNode,
} from "./tree/tree.js";
