import { defineConfig } from "vitest/config";

// Tests of the RTL itself: they build it with verilator, so they are not part of `npm test` but of `npm run test:rtl`.
const conditions = ["@loopnest/source", "module", "node", "development|production"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name: "rtl", root: import.meta.dirname, include: ["test/**/*.test.ts"], globalSetup: "test/build.setup.ts" },
});
