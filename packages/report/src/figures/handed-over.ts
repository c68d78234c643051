import type { Edge, Problem, Tensor } from "@loopnest/mapspace";

/** What an edge hands over, and what shared loops could do with it. */
export interface HandedOver {
  /** Elements. */
  readonly words: number;
  /** The producer's dimensions that shared loops may cut: ranks of the tensor that nothing on the way reduces. */
  readonly cuts: readonly string[];
  /** Elements of what both layers read beside and none of those loops moves: fetched in every turn, or held as well. */
  readonly againWords: number;
}

export function handedOver({ ranks, whole = [], tensor }: Edge, producer: Problem, consumer: Problem): HandedOver {
  const free = ranks.filter(([from]) => !whole.includes(from));
  const stays = ({ ranks: own }: Tensor, dims: readonly string[]) => !own.flat().some(([dim]) => dims.includes(dim));
  const again = (problem: Problem, dims: readonly string[]) =>
    problem.tensors
      .filter((own) => own.role === "input" && own.name !== (problem === consumer ? tensor : "") && stays(own, dims))
      .reduce((sum, own) => sum + elements(own, problem), 0);
  const cuts = free.map(([from]) => from);
  const reads = free.map(([, to]) => to);
  return {
    words: elements(producer.tensors.find(({ role }) => role === "output")!, producer),
    cuts,
    againWords: again(producer, cuts) + again(consumer, reads),
  };
}

function elements({ ranks }: Tensor, { dims }: Problem): number {
  return ranks.reduce((n, rank) => n * rank.reduce((sum, [dim, k]) => sum + k * (dims[dim]! - 1), 1), 1);
}
