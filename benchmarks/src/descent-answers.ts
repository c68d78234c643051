import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Values that took long to find, by what was asked, kept in a file. */
export interface Answers {
  /**
   * The value kept for a key, or what `ask` finds, which is then kept; `undefined` if there is none and `stopped`.
   */
  once(
    key: readonly (string | number)[],
    ask: () => Promise<number | null>,
    stopped: boolean,
  ): Promise<number | null | undefined>;
}

/** @param path Of a JSON file, made when the first answer is kept. */
export function answersIn(path: string): Answers {
  const kept: Record<string, number | null> = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  return {
    async once(key, ask, stopped) {
      const name = key.join(" | ");
      if (name in kept) return kept[name];
      if (stopped) return undefined;
      const value = await ask();
      kept[name] = value;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(kept, null, 1)}\n`);
      return value;
    },
  };
}
