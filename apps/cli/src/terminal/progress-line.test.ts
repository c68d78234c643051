import { expect, test, vi } from "vitest";
import { progressLine, progressText } from "./progress-line.js";

const best = { hardware: {}, layers: [], energyUj: 1, latencyCycles: 1, areaMm2: 1, value: 6.3e10 };

test("best value, samples and time left", () => {
  const progress = { samples: 2500, budget: 10_000, best };
  expect(progressText(progress, "uJ x cycles", 5, 15)).toBe(
    "best 6.300e10 uJ x cycles, 2,500 of 10,000 samples, 15 s left",
  );
  expect(progressText(progress, "uJ x cycles", 5)).toBe(
    "best 6.300e10 uJ x cycles, 2,500 of 10,000 samples, 5.0 s so far",
  );
  expect(progressText({ ...progress, best: null }, "uJ", 5)).toMatch(/^nothing that fits yet, /);
  expect(progressText({ ...progress, budget: null }, "uJ", 5)).toBe("best 6.300e10 uJ, 2,500 samples, 5.0 s so far");
  expect(progressText({ ...progress, lowerBound: 6e10 }, "uJ", 5)).toContain("at most 5.00 % above the optimum");
});

function fakeStream(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { written, stream: { isTTY, columns: 60, write } as unknown as NodeJS.WriteStream };
}

test("plain lines every two seconds off a terminal, one line rewritten on it", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const plain = fakeStream(false);
    const terminal = fakeStream(true);
    const lines = [progressLine("uJ", plain.stream), progressLine("uJ", terminal.stream)];
    for (let i = 0; i < 50; i++) {
      vi.advanceTimersByTime(100);
      for (const line of lines) line.update({ samples: i, budget: 100, best });
    }
    for (const line of lines) line.end();
    expect(plain.written).toHaveLength(2);
    for (const text of plain.written) expect(text).toMatch(/^best .* left\n$/);
    expect(terminal.written).toHaveLength(51);
    for (const text of terminal.written) expect(text.startsWith("\r\u001b[2K")).toBe(true);
    expect(Math.max(...terminal.written.map((text) => text.length))).toBeLessThan(60 + 5);
    expect(terminal.written.at(-1)).toBe("\r\u001b[2K");
  } finally {
    vi.useRealTimers();
  }
});
