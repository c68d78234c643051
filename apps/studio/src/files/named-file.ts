import { LoopnestError } from "@loopnest/mapspace";

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

/** Errors of a reader that knows no file, with the file before their path. */
export function located<T>({ name }: NamedFile, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    const { path, ...data } = error.data;
    throw new LoopnestError({ ...data, path: path === undefined || path === "dims" ? name : `${name}: ${path}` });
  }
}

/** What is wrong with a file as a whole, and what would be right. */
export function broken(path: string, problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, fix });
}
