import type { Mapping } from "@loopnest/mapspace";
import type { Page } from "playwright-core";

/** The nest as it stands on the page. */
export async function shownMapping(page: Page): Promise<Mapping> {
  await page.locator(".nest").waitFor();
  const levels = await page.locator(".level:not(.macs)").all();
  return Promise.all(
    levels.map(async (level) => {
      const loops = await level
        .locator(".loop")
        .evaluateAll((found) =>
          found.map((loop) => [
            loop.querySelector("b")!.textContent,
            Number(loop.querySelector("input")!.value),
            loop.closest(".lane")!.querySelector(".lane-name")!.textContent,
          ]),
        );
      const keeps = await level.locator('.keeps [aria-pressed="true"]').allTextContents();
      const of = (lane: string) => loops.filter(([, , name]) => name === lane);
      return {
        level: (await level.locator("h3").getAttribute("data-level"))!,
        temporal: of("in time").map(([dim, factor]): [string, number] => [dim as string, factor as number]),
        spatial: [...of("rows"), ...of("columns")].map(([dim, factor, lane]): [string, number, "X" | "Y"] => [
          dim as string,
          factor as number,
          lane === "rows" ? "Y" : "X",
        ]),
        keeps,
      };
    }),
  );
}
