import { defineConfig } from "vitest/config";

// Tests that look at pages in Chromium (/usr/bin/chromium, of Debian) and so are not part of `npm test`: `npm run
// test:browser`.
const conditions = ["@loopnest/source", "module", "node", "development|production"];

export default defineConfig({
  // Workspace packages resolve to their sources, as in vitest.config.ts.
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["apps/*/test/browser/**/*.browser.ts", "examples/test/**/*.browser.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
