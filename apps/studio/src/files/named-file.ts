/** A file that somebody drops or picks; its name may have folders before it. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Files of a drop or a picker, folders gone through. */
export async function filesOf(items: DataTransfer | FileList): Promise<NamedFile[]> {
  if (items instanceof FileList) return Promise.all([...items].map((file) => named(file, file.webkitRelativePath)));
  const entries = [...items.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry != null);
  if (entries.length === 0) return Promise.all([...items.files].map((file) => named(file)));
  return (await Promise.all(entries.map(within))).flat();
}

async function named(file: File, path = ""): Promise<NamedFile> {
  return { name: path || file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

async function within(entry: FileSystemEntry): Promise<NamedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
    return [await named(file, entry.fullPath.replace(/^\//, ""))];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  // A reader gives some at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(within))).flat();
}
