// The reference of every entry of every public package, as Markdown, from the docstrings of its sources. Complains of
// whatever a reader would stumble over: an export without a docstring, a type that is used but not exported, a link to
// nothing.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Application, Converter, ReflectionKind } from "typedoc";

/** Names of the public packages, and of their entries by source file. */
function publicEntries(root) {
  const packages = [];
  const entries = new Map();
  for (const folder of readdirSync(join(root, "packages")).sort()) {
    const at = join(root, "packages", folder);
    const manifest = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
    if (manifest.private) continue;
    packages.push(manifest.name);
    for (const [path, { "@loopnest/source": source }] of Object.entries(manifest.exports)) {
      if (source !== undefined)
        entries.set(join(at, source), `${manifest.name.replace("@loopnest/", "")}${path.slice(1)}`);
    }
  }
  return { packages, entries };
}

/**
 * Writes a page for each entry into a folder.
 *
 * @returns The entries, `mapspace/schema` for `@loopnest/mapspace/schema`, and whether nothing was amiss.
 */
export async function writeReference(root, out, sources) {
  const { packages, entries } = publicEntries(root);
  const app = await Application.bootstrapWithPlugins({
    name: "loopnest",
    plugin: ["typedoc-plugin-markdown"],
    basePath: root,
    entryPoints: [...entries.keys()],
    tsconfig: join(root, "tsconfig.json"),
    skipErrorChecking: true, // `npm run typecheck` does that.
    readme: "none",
    out,
    router: "module",
    entryFileName: "index",
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    typeDeclarationFormat: "table",
    disableGit: true,
    sourceLinkTemplate: `${sources}/packages/{path}#L{line}`,
    validation: { notExported: true, invalidLink: true, rewrittenLink: true, notDocumented: true },
    packagesRequiringDocumentation: packages,
    requiredToBeDocumented: ["Function", "Interface", "TypeAlias", "Variable", "Class"],
    logLevel: "Warn",
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
      module.name = entries.get(module.sources[0].fullFileName);
    }
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("the sources cannot be read");
  app.validate(project);
  await app.generateOutputs(project);
  return { entries: [...entries.values()], flawless: !app.logger.hasErrors() && !app.logger.hasWarnings() };
}
