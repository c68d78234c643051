import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { anchorsOf, documents, proseOf, root } from "./documents.js";

/** Where the repository is published: links to it are links to files here. */
const PUBLISHED = /^https:\/\/github\.com\/loopnest\/loopnest\/(?:blob|tree)\/main\/([^#]*)(#.*)?$/;

/** Targets of all links and pictures of a document. */
function linksOf(document: string): string[] {
  const text = proseOf(document);
  return [
    ...[...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map((match) => match[1]!),
    ...[...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)].map((match) => match[1]!),
    ...[...text.matchAll(/<(?:a|img|source)\s[^>]*?(?:href|src|srcset)="([^"]+)"/g)].map((match) => match[1]!),
  ];
}

/** What is wrong with a link, if anything. Links to other sites are not followed. */
function faultOf(document: string, link: string): string | undefined {
  const published = PUBLISHED.exec(link);
  if (published === null && /^[a-z]+:/i.test(link)) return undefined;
  const [path, anchor] = published === null ? link.split("#") : [published[1]!, published[2]?.slice(1)];
  const from = published === null ? posix.dirname(document) : "";
  const target = path === "" ? document : posix.normalize(posix.join(from, decodeURI(path!)));
  if (target.startsWith("..")) return "leads out of the repository";
  if (!existsSync(join(root, target))) return "leads nowhere";
  if (anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).includes(anchor))
    return "has no such heading";
  return undefined;
}

describe("links", () => {
  it.each(documents())("of %s lead somewhere", (document) => {
    const faults = linksOf(document).flatMap((link) => {
      const fault = faultOf(document, link);
      return fault === undefined ? [] : [`${link} ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it("are found, and dead ones known", () => {
    expect(linksOf("docs/README.md")).toContain("accelerators.md");
    expect(linksOf("docs/llms.txt").length).toBeGreaterThan(10);
    expect(faultOf("docs/README.md", "semantics.md#how-it-is-checked")).toBeUndefined();
    expect(faultOf("docs/README.md", "semantics.md#how-it-is-not-checked")).toBe("has no such heading");
    expect(faultOf("docs/README.md", "../packages/mapspace/README.md")).toBeUndefined();
    expect(faultOf("docs/README.md", "packages/mapspace/README.md")).toBe("leads nowhere");
    expect(faultOf("docs/README.md", "https://github.com/loopnest/loopnest/blob/main/nothing.md")).toBe(
      "leads nowhere",
    );
  });
});

describe("the indices", () => {
  const guides = documents("docs").filter((path) => path !== "docs/README.md" && path !== "docs/llms.txt");
  const packages = readdirSync(join(root, "packages"))
    .map((folder) => `packages/${folder}`)
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .filter((folder) => !JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")).private);

  it.each(["docs/README.md", "docs/llms.txt"])("%s has every guide and every package", (index) => {
    const targets = linksOf(index).map((link) => PUBLISHED.exec(link)?.[1] ?? posix.join(posix.dirname(index), link));
    for (const guide of guides) expect(targets).toContain(guide);
    for (const folder of packages) expect(targets).toContain(`${folder}/README.md`);
    expect(targets).toEqual(expect.arrayContaining(["examples/README.md", "apps/cli/README.md"]));
  });
});
