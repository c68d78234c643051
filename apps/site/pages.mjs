// Which documents of the repository are pages of the site, where, and in which order: as docs/README.md lists them.
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** A document and its page, both as paths without what stands before them: `docs/studio.md` is `guide/studio.md`. */
function pageOf(document) {
  const [, folder] = /^(?:packages|apps)\/([\w-]+)\/README\.md$/.exec(document) ?? [];
  if (document === "examples/README.md") return "guide/examples.md";
  if (folder !== undefined) return document.startsWith("apps/") ? `guide/${folder}.md` : `packages/${folder}.md`;
  return `guide/${posix.basename(document)}`;
}

/** Headings of docs/README.md with the documents below each: `{ heading, pages: { document, page, title } }`. */
export function readContents(root) {
  const index = readFileSync(join(root, "docs/README.md"), "utf8");
  return [...index.matchAll(/^## (.*)\n([\s\S]*?)(?=^## |(?![\s\S]))/gm)].map(([, heading, text]) => ({
    heading,
    pages: [...text.matchAll(/^- \[([^\]]+)\]\(([^)#]+\.md)\)/gm)].map(([, title, link]) => {
      const document = posix.normalize(posix.join("docs", link));
      return { document, page: pageOf(document), title };
    }),
  }));
}

/**
 * A document as a page: links to other pages stay on the site, all others lead to the repository; what is to be opened
 * in the studio becomes a link to it.
 */
export function pageText(root, { document, page }, pages, published) {
  const places = new Map(pages.map((own) => [own.document, own.page]));
  const prose = (text) =>
    text
      .replace(/\]\((?![a-z]+:|#)<?([^)\s>]+)>?\)/g, (_, link) => `](${moved(link)})`)
      .replace(
        /(<(?:img|source)[^>]*?(?:src|srcset)=")(?![a-z]+:)([^"]+)"/g,
        (_, before, link) => `${before}${moved(link)}"`,
      )
      .replace(
        /^<!-- studio: (\S+) -->$/gm,
        (_, state) => `<OpenInStudio state="${state.replaceAll("&", "&amp;")}" />`,
      );
  function moved(link) {
    const [path, anchor] = link.split("#");
    const target = posix.normalize(posix.join(posix.dirname(document), path));
    const hash = anchor === undefined ? "" : `#${anchor}`;
    if (target === "docs/README.md") return `${posix.relative(posix.dirname(page), "contents.md")}${hash}`;
    if (target.startsWith("docs/img/")) return posix.relative(posix.dirname(page), target.slice("docs/".length));
    const place = places.get(target);
    if (place !== undefined) return `${posix.relative(posix.dirname(page), place)}${hash}`;
    if (!existsSync(join(root, target))) throw new Error(`${document}: ${link} leads nowhere`);
    return `${published}/${target}${hash}`;
  }
  return outsideCode(readFileSync(join(root, document), "utf8"), prose);
}

/** A Markdown text with what stands outside its blocks of code changed. */
function outsideCode(markdown, change) {
  return markdown
    .split(/^((?:```|~~~)[\s\S]*?^(?:```|~~~)[^\n]*$)/m)
    .map((part, i) => (i % 2 === 1 ? part : change(part)))
    .join("");
}
