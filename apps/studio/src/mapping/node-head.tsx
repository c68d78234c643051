import { toggleKeep } from "../nest/edits.js";
import { joinNodes, splitNode } from "../nest/store-nodes.js";
import type { NestProps } from "./nest-props.js";

/**
 * What an entry of the nest keeps. Where the machine can keep tensors of a level at places of their own, with loops
 * between, the level is parted into store nodes here, and made one again.
 */
export function NodeHead({ view, draw, node }: NestProps & { readonly node: number }) {
  const { mapping, architecture, layer, space, nodes } = view;
  const { name, level, last, apart } = nodes[node]!;
  const { keeps } = mapping[node]!;
  const tensors = layer.problem.tensors.map((tensor) => tensor.name);
  const canSplit = space.target.levels[level]?.apart === true && keeps.length > 1;
  return (
    <div class="level-head">
      <h3 data-level={mapping[node]!.level}>{name}</h3>
      <span class="keeps">
        {tensors
          .filter((tensor) => architecture.levels[level]!.keeps.includes(tensor))
          .map((tensor) => (
            <button
              key={tensor}
              type="button"
              aria-pressed={keeps.includes(tensor)}
              title={keeps.includes(tensor) ? `${tensor} is kept here; let it pass by` : `Keep ${tensor} here`}
              onClick={() => draw(toggleKeep(layer.problem, mapping, node, tensor))}
            >
              {tensor}
            </button>
          ))}
      </span>
      {canSplit && (
        <button
          type="button"
          class="link"
          title={`Keep tensors of ${name} at places of their own, with loops between`}
          onClick={() => draw(splitNode(mapping, node))}
        >
          Keep apart
        </button>
      )}
      {apart && !last && (
        <button
          type="button"
          class="link"
          title={`Keep all of ${mapping[node]!.level} at one place`}
          onClick={() => draw(joinNodes(mapping, node, tensors))}
        >
          Join with the next
        </button>
      )}
    </div>
  );
}
