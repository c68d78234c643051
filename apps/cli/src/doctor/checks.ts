import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import type { Command } from "commander";
import { engines } from "../../package.json";
import type { Finding } from "../model-check/finding.js";
import { rasterizer } from "../report/rasterize.js";
import { applySettings } from "../settings/apply-settings.js";
import { findSettings, SETTINGS_FILE } from "../settings/find-settings.js";

/** Looks at everything that loopnest uses on this machine and in this folder. */
export function findings(root: Command): Promise<Finding[]> {
  return Promise.all([
    nodeVersion(),
    finding("processor cores", "a search runs a thread on each", async () => String(availableParallelism())),
    finding("memory", "", async () => `${Math.round(totalmem() / 2 ** 30)} GiB`),
    finding("this folder", "runs are written to it", () => writable(process.cwd()), "fault"),
    finding(SETTINGS_FILE, "defaults of this folder; loopnest init writes one", () => settings(root), "fault"),
    finding("PNG", "charts as PNG files: loopnest report --charts", png),
    finding("verilator", "loopnest measure", () => programVersion("verilator")),
    finding("C++ compiler", "loopnest measure", () => programVersion("g++")),
    finding("make", "loopnest measure", () => programVersion("make")),
    finding("chromium", "tests of the report's page; any browser shows it", () => programVersion("chromium")),
  ]);
}

async function finding(
  name: string,
  purpose: string,
  look: () => Promise<string>,
  otherwise: "missing" | "fault" = "missing",
): Promise<Finding> {
  try {
    return { name, state: "ok", found: await look(), purpose };
  } catch (error) {
    return { name, state: otherwise, found: (error as Error).message, purpose };
  }
}

async function nodeVersion(): Promise<Finding> {
  const least = Number(/\d+/.exec(engines.node)![0]);
  const ok = Number(process.versions.node.split(".")[0]) >= least;
  const found = `${process.versions.node}${ok ? "" : `, ${engines.node} is needed`}`;
  return { name: "Node", state: ok ? "ok" : "fault", found, purpose: "runs loopnest" };
}

async function writable(folder: string): Promise<string> {
  await access(folder, constants.W_OK);
  return "can be written to";
}

async function settings(root: Command): Promise<string> {
  const file = findSettings();
  await applySettings(root, file, process.env);
  return file ?? "none";
}

async function png(): Promise<string> {
  const { hasFonts } = await rasterizer();
  if (!hasFonts) throw new Error("no fonts are installed: pictures would have no text");
  return "usable";
}

/** First line of what a program says of its version. */
function programVersion(program: string): Promise<string> {
  return new Promise((done, fail) => {
    execFile(program, ["--version"], { timeout: 10_000 }, (error, stdout) => {
      if (error === null) return done(stdout.trim().split("\n")[0]!);
      fail(new Error(error.code === ("ENOENT" as unknown) ? "not installed" : "does not start"));
    });
  });
}
