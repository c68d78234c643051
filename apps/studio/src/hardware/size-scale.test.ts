import { builtInTarget, isSize, targetNames } from "@loopnest/mapspace";
import { expect, it } from "vitest";
import { sizeAt, sliderAt } from "./size-scale.js";

const sizes = targetNames.flatMap((name) =>
  builtInTarget(name).sizes.map((size) => [`${name} ${size.name}`, size] as const),
);

it.each(sizes)("every place of the slider of %s is a value, and leads back near itself", (_, size) => {
  for (let place = 0; place <= 1000; place += 50) {
    const value = sizeAt(size, place);
    expect(isSize(size, value)).toBe(true);
    expect(sizeAt(size, sliderAt(size, value))).toBeGreaterThan(0);
  }
  expect(sizeAt(size, sliderAt(size, size.default)) / size.default).toBeCloseTo(1, 1);
});
