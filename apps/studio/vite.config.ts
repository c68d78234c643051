import { defineConfig } from "vite";
import cli from "../cli/package.json" with { type: "json" };

// Static files that run from any folder of any host, and from none: paths are relative, workspace packages are bundled
// from their sources.
export default defineConfig({
  base: "./",
  define: { __LOOPNEST_VERSION__: JSON.stringify(cli.version) },
  resolve: { conditions: ["@loopnest/source", "module", "browser", "production"] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    license: { fileName: "licenses.md" },
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  worker: { format: "es" },
});
