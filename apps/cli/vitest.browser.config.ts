import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Tests that look at pages in Chromium (/usr/bin/chromium, of Debian) and so are not part of `npm test`: `npm run test:browser`.
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: { include: ["test/browser/**/*.browser.ts"], testTimeout: 60_000 },
});
