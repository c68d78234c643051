import { defineConfig, type Options } from "tsup";

/** How every library package is built: ESM and CommonJS with type declarations for both, for Node 20 and browsers. */
export const libraryConfig = (entry: string[] = ["src/index.ts"], more: Options = {}) =>
  defineConfig({
    entry,
    format: ["esm", "cjs"],
    platform: "neutral",
    target: "es2022",
    dts: true,
    sourcemap: true,
    clean: true,
    splitting: true,
    treeshake: false,
    ...more,
  });
