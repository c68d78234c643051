import { defineConfig } from "vitest/config";

// Workspace packages resolve to their sources, so tests of packages need no build.
const conditions = ["@loopnest/source", "module", "node", "development|production"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // On every core; and files of a worker share their modules: to load those anew for each file takes three quarters
    // of the time. What a test changes of the process (timers, variables), it puts back.
    maxWorkers: "100%",
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: "packages",
          // Tests of RTL need verilator and run by themselves: see targets/*/vitest.config.ts.
          include: [
            "packages/*/src/**/*.test.ts",
            "packages/*/test/**/*.test.ts",
            "targets/*/src/**/*.test.ts",
            "apps/studio/src/**/*.test.ts",
          ],
          // A limit for what hangs, not a measure of speed: machines that test are shared.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Tests in apps/cli/test run the built program: `npm test` builds it first.
          name: "cli",
          include: ["apps/cli/src/**/*.test.ts", "apps/cli/test/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          // Of the repository as a whole: examples (the built program runs in one), documents, public types.
          name: "workspace",
          include: ["examples/test/**/*.test.ts", "test/**/*.test.ts"],
          testTimeout: 120_000,
          // The types that callers see; errors elsewhere are those of `npm run typecheck`.
          typecheck: {
            enabled: true,
            include: ["examples/test/**/*.test-d.ts"],
            tsconfig: "examples/test/tsconfig.types.json",
            ignoreSourceErrors: true,
          },
        },
      },
    ],
  },
});
