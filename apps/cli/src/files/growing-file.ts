import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { pathWithin } from "./own-folder.js";
import { untilRoom } from "./until-room.js";

/** A file of ours that is written piece by piece, and takes its name when it is whole. */
export interface GrowingFile {
  write(content: string | Uint8Array): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** @param onFull Is told when the disk is full; it is waited for. */
export async function growingFile(dir: string, name: string, onFull: () => void): Promise<GrowingFile> {
  const file = await pathWithin(dir, name);
  const temporary = `${file}.${process.pid}.tmp`;
  await rm(temporary, { force: true });
  const handle = await untilRoom(() => open(temporary, "ax"), onFull);
  let length = 0;
  return {
    async write(content) {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      await appendWhole(handle, bytes, length, onFull);
      length += bytes.length;
    },
    async finish() {
      await handle.sync();
      await handle.close();
      await rename(temporary, file);
    },
    async discard() {
      await handle.close().catch(() => {});
      await rm(temporary, { force: true });
    },
  };
}

/** Adds all of some bytes to a file, or none of them, and waits while the disk is full. @param length Of the file. */
export async function appendWhole(
  handle: FileHandle,
  bytes: Uint8Array,
  length: number,
  onFull: () => void,
): Promise<void> {
  await untilRoom(async () => {
    try {
      await handle.appendFile(bytes);
    } catch (error) {
      await handle.truncate(length);
      throw error;
    }
  }, onFull);
}
