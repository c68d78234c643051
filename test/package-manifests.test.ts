import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./documents.js";

type Conditions = Readonly<Record<string, unknown>>;
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string | Conditions>>;
  readonly publishConfig: { readonly exports: Readonly<Record<string, string | Conditions>> };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
const libraries = readdirSync(join(root, "packages"))
  .filter((folder) => existsSync(join(root, "packages", folder, "package.json")))
  .map((folder): [string, Manifest] => [`packages/${folder}`, read(`packages/${folder}/package.json`)])
  .filter(([, manifest]) => !manifest.private);

const typeTests = readdirSync(join(root, "examples/test"))
  .filter((file) => file.endsWith(".test-d.ts"))
  .map((file) => readFileSync(join(root, "examples/test", file), "utf8"))
  .join("\n");

it("have the version of the command line", () => {
  const versions = libraries.map(([, { version }]) => version);
  expect(new Set(versions)).toEqual(new Set([read("apps/cli/package.json").version]));
});

describe.each(libraries)("%s/package.json", (folder, manifest) => {
  it("publishes the entries that it has here, without the way to their sources", () => {
    const { exports, publishConfig } = manifest;
    const published = Object.entries(exports).map(([entry, to]) => {
      if (typeof to === "string") return [entry, to];
      const { "@loopnest/source": source, ...rest } = to;
      expect(existsSync(join(root, folder, source as string))).toBe(true);
      return [entry, rest];
    });
    expect(publishConfig.exports).toEqual(Object.fromEntries(published));
  });

  it("has a limit of size for every entry that is code", () => {
    const limits: { path: string | string[]; limit: string }[] = read(".size-limit.json");
    for (const to of Object.values(manifest.exports)) {
      if (typeof to === "string") continue;
      const file = (to["import"] as Conditions)["default"] as string;
      expect(limits.map(({ path }) => path)).toContain(join(folder, file).replaceAll("\\", "/"));
    }
  });

  it("has a README that says how to install it, shows every entry at work, and leads to the reference", () => {
    const readme = readFileSync(join(root, folder, "README.md"), "utf8");
    expect(readme).toMatch(new RegExp(`^npm install .*${manifest.name}\\b`, "m"));
    expect(readme).toMatch(/^```ts$/m);
    expect(readme).toContain("/docs/README.md");
    for (const [entry, to] of Object.entries(manifest.exports)) {
      if (typeof to !== "string") expect(readme).toContain(manifest.name + entry.slice(1));
    }
  });

  it("has a test of the types of every entry that is code", () => {
    for (const [entry, to] of Object.entries(manifest.exports)) {
      if (typeof to !== "string") expect(typeTests).toContain(`"${manifest.name}${entry.slice(1)}"`);
    }
  });

  it("pins what it depends on", () => {
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(version).toMatch(/^(workspace:\*|\d+\.\d+\.\d+(-[\w.]+)?)$/);
    }
  });
});
