export type { BoundaryTraffic } from "./boundary-traffic.js";
export type {
  Elasticities,
  Elasticity,
  MachineElasticity,
  MappedLayer,
  SizeElasticity,
  TwoSidedElasticity,
} from "./elasticities.js";
export { elasticities } from "./elasticities.js";
export type { MappingExplanation } from "./explain-mapping.js";
export { explainMapping } from "./explain-mapping.js";
export type { RejectionExplanation } from "./explain-rejection.js";
export { explainRejection } from "./explain-rejection.js";
export type { LevelUse, Tile, Use } from "./level-use.js";
export { levelUses } from "./level-use.js";
export type { Change, NearestMapping, Place } from "./nearest-mapping.js";
export { nearestMapping } from "./nearest-mapping.js";
export type { MovedLoop, PlacedLoop, Refetch } from "./refetches.js";
export type { Resource } from "./resources.js";
export type { SizeNeeds } from "./size-needs.js";
export { sizeNeeds } from "./size-needs.js";
