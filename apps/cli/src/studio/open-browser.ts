import { spawn } from "node:child_process";

/** Opens an address in the user's browser, if the system knows one: where not, the address has been printed. */
export function openBrowser(url: string): void {
  const [program, ...args] = COMMANDS[process.platform] ?? ["xdg-open"];
  const child = spawn(program!, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

const COMMANDS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};
