import { readdirSync, readFileSync } from "node:fs";
import { targetNames } from "@loopnest/mapspace";
import fc from "fast-check";
import { expect, it } from "vitest";
import { mappingOf } from "../design/layer-view.js";
import { firstStudio, type Studio } from "./studio.js";
import { drawMapping, drawSize, goTo } from "./transitions.js";
import { studioOf, urlOf } from "./url-state.js";

it("a link leads back to the same room, sizes, layer and mapping", () => {
  const first: Studio = { ...firstStudio(), layer: 7 };
  const changed = drawSize("scratchpadKb", 96)(drawMapping(mappingOf(first, 7))(goTo("mapping")(first)));
  const { past: _, ...wanted } = changed;
  expect(studioOf(urlOf(changed))).toEqual({ ...wanted, past: [] });
  expect(urlOf(studioOf(urlOf(changed))!)).toBe(urlOf(changed));
});

it("there is no link to what only this browser has", () => {
  const own = { ...firstStudio(), network: { ...firstStudio().network, builtIn: null } };
  expect(urlOf(own)).toBe("");
  expect(studioOf("")).toBeNull();
});

it("takes any text: what it does not know is left out", () => {
  const known = fc.constantFrom(
    ...targetNames,
    "resnet50",
    "size.peDim",
    "map",
    "layer",
    "view",
    "-1",
    "K4--/",
    "1e999",
    "%",
  );
  const texts = fc.array(fc.tuple(fc.oneof(known, fc.string()), fc.oneof(known, fc.string())));
  fc.assert(
    fc.property(texts, (pairs) => {
      const hash = `#network=resnet50&target=gemmini&${pairs.map(([key, value]) => `${key}=${value}`).join("&")}`;
      const studio = studioOf(hash);
      if (studio !== null) expect(urlOf(studio)).toContain("target=");
    }),
  );
});

it("every example that a guide opens is a state that a link holds", () => {
  const docs = new URL("../../../../docs/", import.meta.url);
  const guides = readdirSync(docs).filter((file) => file.endsWith(".md"));
  const states = guides.flatMap((file) =>
    [...readFileSync(new URL(file, docs), "utf8").matchAll(/^<!-- studio: (\S+) -->$/gm)].map(([, state]) => state!),
  );
  expect(states.length).toBeGreaterThan(4);
  for (const state of states) expect(urlOf(studioOf(`#${state}`)!)).toBe(`#${state}`);
});
