/** A file name or another text as a shell takes it for one word: that of the system, cmd or PowerShell on Windows. */
export function shellWord(text: string, platform: NodeJS.Platform = process.platform): string {
  const isWindows = platform === "win32";
  if ((isWindows ? /^[\w./:@+=\\-]+$/ : /^[\w./,:@%+=-]+$/).test(text)) return text;
  return isWindows ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
