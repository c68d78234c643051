import type { Mapping } from "@loopnest/mapspace";
import type { LayerView } from "../design/layer-view.js";
import type { Move } from "../nest/moves.js";
import type { Place } from "../nest/place.js";

/** A prime factor that is picked up. */
export interface PickedFactor {
  readonly place: Place;
  readonly prime: number;
  /** Which of the loop's primes, for the eye: equal ones are alike. */
  readonly index: number;
}

/** What the nest and its loops are drawn from. */
export interface NestProps {
  readonly view: LayerView;
  readonly picked: PickedFactor | null;
  readonly pick: (picked: PickedFactor | null) => void;
  readonly bestOf: (place: Place, prime: number) => Move | null;
  readonly draw: (mapping: Mapping) => void;
}
