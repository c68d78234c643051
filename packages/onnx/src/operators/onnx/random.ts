import type { Rule } from "../../operation/rule.js";

/** Numbers in the shape of an attribute. */
const inGivenShape: Rule = (operation) => ({
  kind: "movement",
  outputs: [operation.output(operation.ints("shape") ?? null)],
  wordsRead: 0,
});

/** Numbers in the shape of the input, which is not read itself. */
const inShapeOfInput: Rule = (operation) => ({
  kind: "movement",
  outputs: [operation.output(operation.input(0).shape)],
  wordsRead: 0,
});

export const RandomNormal = inGivenShape;
export const RandomUniform = inGivenShape;
export const RandomNormalLike = inShapeOfInput;
export const RandomUniformLike = inShapeOfInput;
export const EyeLike = inShapeOfInput;
