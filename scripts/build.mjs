// Builds every package; what has not changed since the last build comes from turbo's cache. Silent unless it fails.
import { spawnSync } from "node:child_process";

const { status, stdout, stderr } = spawnSync("turbo run build --log-prefix=none", {
  stdio: ["ignore", "pipe", "pipe"],
  encoding: "utf8",
  maxBuffer: 1 << 26,
  shell: true,
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
});
if (status !== 0) process.stderr.write(stdout + stderr);
process.exit(status ?? 1);
