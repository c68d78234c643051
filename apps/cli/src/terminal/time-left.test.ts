import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeTimeLeft } from "./time-left.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

test("time left is told from the pace since the first reading, not from the start of the program", () => {
  vi.advanceTimersByTime(30_000);
  const left = makeTimeLeft();
  expect(left.read(3, 100)).toBeNull();
  vi.advanceTimersByTime(500);
  expect(left.read(4, 100)).toBeNull();
  vi.advanceTimersByTime(1500);
  expect(left.read(7, 100)).toBeCloseTo(93 / 2, 9);
});

test("work that gets faster is soon told so", () => {
  const left = makeTimeLeft();
  let done = 0;
  for (let second = 0; second < 60; second++) {
    left.read(done, 1e6);
    done += second < 20 ? 1 : 100;
    vi.advanceTimersByTime(1000);
  }
  expect(left.read(done, 1e6)).toBeCloseTo((1e6 - done) / 100, 6);
});

test("nothing is told of work that stands still", () => {
  const left = makeTimeLeft();
  left.read(5, 100);
  vi.advanceTimersByTime(60_000);
  expect(left.read(5, 100)).toBeNull();
});
