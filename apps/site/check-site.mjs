// What a reader of the built site would stumble over: links to nothing, headings that are not there, other origins.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";

/** The repository, which is meant to be left for. */
const ELSEWHERE = /^(?:https?:|mailto:)/;
/** A picture that stands in the page itself. */
const INSIDE = /^data:/;

/**
 * @param base Where the host serves the site, `/` or `/loopnest/`.
 * @returns A line for each fault; empty if there is none.
 */
export function checkSite(site, base) {
  const pages = readdirSync(site, { recursive: true })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".html") && !path.startsWith("studio/"));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(site, page), "utf8")]));
  const anchors = new Map();
  const anchorsOf = (page) => {
    if (!anchors.has(page))
      anchors.set(page, new Set([...texts.get(page).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)));
    return anchors.get(page);
  };
  const faultOf = (page, link) => {
    const [path, hash] = decodeURI(link.replaceAll("&amp;", "&")).split("#");
    let target = page;
    if (path.startsWith("/")) {
      if (!path.startsWith(base)) return "leads out of the site";
      target = path.slice(base.length);
    } else if (path !== "") target = posix.join(posix.dirname(page), path);
    if (target === "" || target.endsWith("/")) target += "index.html";
    if (!existsSync(join(site, target)) || statSync(join(site, target)).isDirectory()) return "leads nowhere";
    if (hash && texts.has(target) && !anchorsOf(target).has(hash)) return "has no such heading";
    return undefined;
  };
  return pages.flatMap((page) => {
    const text = texts.get(page).replace(/<pre[\s\S]*?<\/pre>/g, "");
    const links = [...text.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, link]) => link);
    const loaded = [...text.matchAll(/<(?:img|script|source)[^>]*? src(?:set)?="([^"]+)"|<link [^>]*?href="([^"]+)"/g)];
    return [
      ...links.filter((link) => !ELSEWHERE.test(link)).map((link) => [link, faultOf(page, link)]),
      ...loaded
        .map(([, src, href]) => src ?? href)
        .filter((link) => !INSIDE.test(link))
        .map((link) => [link, ELSEWHERE.test(link) ? "is loaded from elsewhere" : faultOf(page, link)]),
    ]
      .filter(([, fault]) => fault !== undefined)
      .map(([link, fault]) => `${page}: ${link} ${fault}`);
  });
}
