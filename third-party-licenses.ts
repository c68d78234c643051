import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** Writes the licence of every npm package that ended up in the bundle, as those licences ask. */
export function thirdPartyLicenses(outFile: string): Plugin {
  return {
    name: "third-party-licenses",
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(async ({ metafile }) => {
        const folders = Object.values(metafile?.outputs ?? {}).flatMap((output) =>
          Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => {
            const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
            return folder && bytesInOutput > 0 ? [resolve(folder)] : [];
          }),
        );
        const notices = await Promise.all([...new Set(folders)].map(notice));
        await mkdir(dirname(outFile), { recursive: true });
        await writeFile(outFile, notices.sort().join(`\n${"-".repeat(80)}\n\n`));
      });
    },
  };
}

async function notice(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(folder, file), "utf8") : "";
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
