import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { defineConfig } from "tsup";
import { thirdPartyLicenses } from "../../third-party-licenses.js";

// Everything in devDependencies is bundled, workspace packages from their sources, so that the program starts fast and
// installs nothing else. What `import()` loads becomes a chunk of its own. A package that cannot be bundled
// (WebAssembly or worker files beside its code) belongs in "dependencies": those stay imports.
export default defineConfig({
  entry: ["src/main.ts", "src/program.ts", "src/worker.ts"],
  format: ["esm"],
  platform: "node",
  target: "node20",
  clean: true,
  splitting: true,
  treeshake: false,
  esbuildOptions(options) {
    options.conditions = ["@loopnest/source", "module"];
    options.chunkNames = "chunks/[name]-[hash]";
    options.legalComments = "none";
  },
  // Bundled CommonJS packages call require() for Node's own modules.
  banner: {
    js:
      'import { createRequire as __createRequire } from "node:module";const require = ' +
      "__createRequire(import.meta.url);",
  },
  // What `loopnest measure` builds simulators from, and what `loopnest studio` serves.
  async onSuccess() {
    for (const folder of ["rtl", "sim"]) {
      await cp(`../../targets/systolic/${folder}`, `dist/systolic/${folder}`, { recursive: true });
    }
    // The page of `loopnest studio`, built before; a build of the program alone goes without it, and says so when
    // asked.
    if (existsSync("../studio/dist")) await cp("../studio/dist", "dist/studio", { recursive: true });
  },
  esbuildPlugins: [thirdPartyLicenses("dist/THIRD-PARTY-LICENSES.txt")],
});
