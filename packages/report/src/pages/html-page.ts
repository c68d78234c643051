import { escapeHtml } from "../text/media.js";
import { pageStyle } from "./page-style.js";

/**
 * An HTML page that needs nothing else: no script, no network, light or dark, desk or phone.
 *
 * @param title Plain text: the page's name and first heading.
 * @param body HTML below the heading.
 */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - loopnest</title>
<style>${pageStyle}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
}
