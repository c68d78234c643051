// Installs what is missing; needs Node and npm, nothing else. Does nothing when what is installed already matches the
// lockfile and every package.json, so every npm script can begin with it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".loopnest-setup");

/** A hash of everything an install depends on. */
function wanted() {
  const nested = ["packages", "apps", "targets"].flatMap((dir) =>
    readdirSync(join(root, dir)).map((name) => join(dir, name)),
  );
  const files = ["pnpm-lock.yaml", "pnpm-workspace.yaml"].concat(
    [".", "benchmarks", "examples", ...nested].map((dir) => join(dir, "package.json")).sort(),
  );
  const hash = createHash("sha256").update(`${process.versions.modules} ${process.platform} ${process.arch}\n`);
  for (const file of files) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\n`).update(readFileSync(path, "utf8").replaceAll("\r\n", "\n"));
  }
  return hash.digest("hex");
}

const major = Number(process.versions.node.split(".")[0]);
if (major < 20) {
  console.error(`loopnest needs Node 20 or later; this is Node ${process.versions.node}`);
  process.exit(1);
}

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted()) {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  // One string and a shell: npx is a .cmd file on Windows. Nothing in it comes from outside.
  const command = `npx --yes ${packageManager} install --frozen-lockfile --prefer-offline --reporter=append-only`;
  console.error(`setting up: ${command}`);
  const { status } = spawnSync(command, { cwd: root, stdio: ["ignore", 2, 2], shell: true });
  if (status !== 0) {
    console.error("set-up failed. If a package.json was changed by hand: npm run pnpm -- install, then try again.");
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, wanted());
}
