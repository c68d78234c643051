import { defineConfig } from "vitest/config";

// Tests that look at pages in Chromium (/usr/bin/chromium, of Debian) and so are not part of `npm test`: `npm run test:browser`.
export default defineConfig({
  test: { include: ["apps/cli/test/browser/**/*.browser.ts", "examples/test/**/*.browser.ts"], testTimeout: 60_000 },
});
