// count-tests.mjs REPORT STATUS: prints "PASSED FAILED" of a vitest JSON report. A test file that could not be loaded
// counts as a failure; so does a run that failed (STATUS not 0) without naming a failed test, or that ran no test.
import { readFileSync } from "node:fs";

const [file, status] = process.argv.slice(2);
let passed = 0;
let failed = 0;
try {
  const report = JSON.parse(readFileSync(file, "utf8"));
  passed = report.numPassedTests;
  failed = report.numFailedTests;
  for (const { status, assertionResults } of report.testResults) {
    if (status === "failed" && assertionResults.every((result) => result.status !== "failed")) failed++;
  }
} catch {
  // No report: the build failed before the tests, or the run was stopped.
}
if (failed === 0 && (status !== "0" || passed === 0)) failed = 1;
console.log(`${passed} ${failed}`);
