import { open, rename, rm, stat, writeFile } from "node:fs/promises";

/** Writes a file so that a reader sees the old one or the whole new one, never a part, even if the power fails. A pipe or a device is written to. */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    if (await isNoFile(file)) return await writeFile(file, content);
    const handle = await open(temporary, "w");
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    // What fails on an open file does not say which.
    throw Object.assign(error as Error, { path: file });
  }
}

/** `/dev/stdout` and the like cannot be replaced. */
function isNoFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => !found.isFile() && !found.isDirectory(),
    () => false,
  );
}
