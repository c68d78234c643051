import { open, rename, rm, stat, writeFile } from "node:fs/promises";

/**
 * Writes a file that the user has named, so that a reader sees the old one or the whole new one, never a part, even if
 * the power fails. A pipe or a device is written to.
 */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  if (!(await isNoFile(file))) return writeWhole(file, content);
  await writeFile(file, content).catch((error: unknown) => {
    throw Object.assign(error as Error, { path: file });
  });
}

/** Puts a file in the place of whatever has its name, if that is no folder. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await rm(temporary, { force: true });
    const handle = await open(temporary, "wx");
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

/** The file that a name's owner was about to write when it ended; `null` for another name. */
export function targetOf(name: string): string | null {
  return /^(.+)\.\d+\.tmp$/.exec(name)?.[1] ?? null;
}

/** `/dev/stdout` and the like cannot be replaced. */
function isNoFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => !found.isFile() && !found.isDirectory(),
    () => false,
  );
}
