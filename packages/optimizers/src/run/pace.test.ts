import { expect, it } from "vitest";
import { makePace } from "./pace.js";

const works = (ms: number) => {
  const from = performance.now();
  while (performance.now() - from < ms);
};

it("lets the event loop run after so much work, and not before", async () => {
  const pace = makePace(undefined, 5);
  expect(pace.breathe()).toBeUndefined();
  works(6);
  await pace.breathe();
  expect(pace.breathe()).toBeUndefined();
});

it("waits as long as it is held", async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const pace = makePace(() => held, 1);
  works(2);
  let wentOn = false;
  const breath = pace.breathe()!.then(() => {
    wentOn = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(wentOn).toBe(false);
  letGo();
  await breath;
  expect(wentOn).toBe(true);
});
