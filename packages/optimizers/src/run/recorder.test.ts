import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Design, Progress } from "../search/task.js";
import { makeRecorder } from "./recorder.js";

const design = (value: number): Design => ({
  hardware: {},
  layers: [],
  energyUj: value,
  latencyCycles: 1,
  areaMm2: 1,
  value,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("recorder", () => {
  it("keeps the best design, and when each improvement came", () => {
    const record = makeRecorder(100, {});
    expect(record.offer(null)).toBe(false);
    record.spend(2);
    expect(record.offer(design(10))).toBe(true);
    vi.advanceTimersByTime(1500);
    record.spend(0.5);
    expect(record.offer(design(12))).toBe(false);
    expect(record.offer(design(10))).toBe(false);
    expect(record.offer(design(7))).toBe(true);
    vi.advanceTimersByTime(500);
    expect(record.best).toEqual(design(7));
    expect(record.result("some-method", 3)).toEqual({
      method: "some-method",
      seed: 3,
      best: design(7),
      samples: 2.5,
      seconds: 2,
      convergence: [
        { samples: 2, seconds: 0, value: 10 },
        { samples: 2.5, seconds: 1.5, value: 7 },
      ],
      stopped: false,
    });
  });

  it("is done when the budget is spent", () => {
    const record = makeRecorder(3, {});
    record.spend(2.75);
    expect(record.done).toBe(false);
    record.spend(0.25);
    expect(record.done).toBe(true);
    expect(record.result("", 0).stopped).toBe(false);
  });

  it("is done when asked to stop, and says so", () => {
    const controller = new AbortController();
    const record = makeRecorder(3, { signal: controller.signal });
    expect(record.done).toBe(false);
    controller.abort();
    expect(record.done).toBe(true);
    expect(record.result("", 0).stopped).toBe(true);
    expect(record.result("", 0).best).toBeNull();
  });

  it("reports progress now and then, and at the end", () => {
    const seen: Progress[] = [];
    const record = makeRecorder(50, { onProgress: (progress) => seen.push(progress) }, 100);
    record.spend(1);
    vi.advanceTimersByTime(99);
    record.spend(1);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    record.offer(design(5));
    record.spend(1);
    record.spend(1);
    expect(seen).toEqual([{ samples: 3, budget: 50, best: design(5) }]);
    record.result("", 0);
    expect(seen[1]).toEqual({ samples: 4, budget: 50, best: design(5) });
  });

  it("certifies the best design by the greatest bound proven", () => {
    const record = makeRecorder(null, {});
    record.offer(design(10));
    expect(record.result("", 0)).not.toHaveProperty("lowerBound");
    for (const bound of [4, 8, 5]) record.prove(bound);
    expect(record.result("", 0)).toMatchObject({ lowerBound: 8, gap: 0.25 });
    expect(makeRecorder(null, {}).result("", 0)).not.toHaveProperty("gap");
  });

  it("counts a search within this one on top of what was spent", () => {
    const seen: Progress[] = [];
    const record = makeRecorder(null, { onProgress: (progress) => seen.push(progress) }, 100);
    record.spend(3);
    record.prove(2);
    const { onProgress } = record.within();
    onProgress?.({ samples: 5, budget: 9, best: design(6) });
    vi.advanceTimersByTime(100);
    onProgress?.({ samples: 7, budget: 9, best: design(6) });
    expect(record.samples).toBe(10);
    expect(record.done).toBe(false);
    expect(seen).toEqual([{ samples: 10, budget: null, best: design(6), lowerBound: 2 }]);
  });
});
