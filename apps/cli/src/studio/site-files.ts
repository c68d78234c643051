import type { Opened } from "./opened-files.js";

/** The page, and beside it what it is to open: listed in its head, so that a page without any asks for nothing. */
export function siteFiles(built: ReadonlyMap<string, Buffer>, opened: readonly Opened[]): Map<string, Buffer> {
  const files = new Map(built);
  if (opened.length === 0) return files;
  const list = opened.map(({ name, files: own }, i) => {
    const paths = [...own.keys()].map((file, k) => {
      const path = `opened/${i}/${k}`;
      files.set(path, own.get(file)!);
      return { file, path };
    });
    return { name, files: paths };
  });
  const content = JSON.stringify(list).replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const page = built.get("index.html")!.toString("utf8");
  files.set(
    "index.html",
    Buffer.from(page.replace("</head>", () => `<meta name="loopnest-opened" content="${content}" /></head>`)),
  );
  return files;
}
