import { expect, test, vi } from "vitest";
import { statusLine } from "./status-line.js";

test("a text is asked for only when it is shown", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const written: string[] = [];
    const write = (text: string) => written.push(text) > 0;
    const line = statusLine({ isTTY: false, write } as unknown as NodeJS.WriteStream, 500);
    const text = vi.fn(() => "busy");
    for (let i = 0; i < 20; i++) {
      vi.advanceTimersByTime(100);
      line.show(text);
    }
    line.end();
    vi.advanceTimersByTime(1000);
    line.show(text);
    expect(written).toEqual(Array(4).fill("busy\n"));
    expect(text).toHaveBeenCalledTimes(4);
  } finally {
    vi.useRealTimers();
  }
});
