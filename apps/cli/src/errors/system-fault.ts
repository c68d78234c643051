/** Whether an error is what the system says of a file: a full disk, a folder that may not be written to. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  const { syscall, code } = (error ?? {}) as NodeJS.ErrnoException;
  return error instanceof Error && syscall !== undefined && code !== undefined;
}

/** A system's error for people: which file, what is wrong, what would be right. */
export function systemText({
  code = "",
  path,
  message,
}: Pick<NodeJS.ErrnoException, "code" | "path" | "message">): string {
  const said = SYSTEM_FAULTS[code];
  const where = path === undefined ? "" : `${path.replace(/\.\d+\.tmp$/, "")}: `;
  return said === undefined ? `error: ${message}` : `error: ${where}${said}`;
}

const SYSTEM_FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; make room, or write to another folder",
  EDQUOT: "your quota of the disk is used up; make room, or write to another folder",
  EROFS: "the disk cannot be written to; write to another folder",
  EACCES: "you may not write or read it; ask its owner for the right to, or choose another folder",
  EPERM: "you may not write or read it; ask its owner for the right to, or choose another folder",
  EISDIR: "this is a folder; give the name of a file",
  ENOTDIR: "a part of the name is a file, not a folder; choose another name",
  EMFILE: "too many files are open; raise the limit (ulimit -n)",
};
