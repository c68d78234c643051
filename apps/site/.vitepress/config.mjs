import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";

const content = process.env.LOOPNEST_SITE_CONTENT;
const { contents, entries } = JSON.parse(readFileSync(join(content, "contents.json"), "utf8"));

const link = (page) => `/${page.replace(/\.md$/, "")}`;
const guides = contents.map(({ heading, pages }) => ({
  text: heading,
  collapsed: false,
  items: pages.map(({ title, page }) => ({ text: title, link: link(page) })),
}));
const reference = {
  text: "Every export",
  collapsed: false,
  items: entries.map((entry) => ({ text: `@loopnest/${entry}`, link: `/reference/${entry}` })),
};

export default defineConfig({
  title: "loopnest",
  description: "Designs DNN accelerators and the mappings that run on them",
  srcDir: content,
  outDir: process.env.LOOPNEST_SITE_OUT,
  cacheDir: join(content, "cache"),
  base: process.env.LOOPNEST_SITE_BASE,
  head: [["link", { rel: "icon", href: `${process.env.LOOPNEST_SITE_BASE}studio/icon.svg` }]],
  markdown: {
    // What documents say in two braces is text, never an expression.
    config(md) {
      for (const rule of ["text", "code_inline"]) {
        const render = md.renderer.rules[rule];
        md.renderer.rules[rule] = (...args) => render(...args).replaceAll("{{", "&#123;&#123;");
      }
    },
    // Headings are called as GitHub calls them, since documents are read there too.
    anchor: {
      slugify: (heading) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, "")
          .trim()
          .replace(/\s/g, "-"),
    },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  themeConfig: {
    search: { provider: "local", options: { detailedView: true } },
    nav: [
      { text: "Start", link: "/guide/first-design" },
      { text: "Guides", link: "/contents" },
      { text: "Reference", link: "/reference/" },
      { text: "Studio", link: "/studio/index.html", target: "_self" },
    ],
    sidebar: { "/reference/": [reference], "/": [...guides, { text: "Every export", link: "/reference/" }] },
    outline: { level: [2, 3] },
  },
});
