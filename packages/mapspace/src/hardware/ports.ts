import type { Machine } from "./machine.js";

/**
 * The port of a level that limits it: none, read (words that it gives), write (words that it takes), or the one that
 * they share.
 */
export type Port = 0 | 1 | 2 | 3;
/** The level limits nothing. @internal */
export const NO_PORT = 0;
/** Words that it gives. @internal */
export const READ_PORT = 1;
/** Words that it takes. @internal */
export const WRITE_PORT = 2;
/** Both together. @internal */
export const SHARED_PORT = 3;

/** The entry of a machine that holds the bandwidth of a port. @internal */
export const bandwidthOf = {
  [READ_PORT]: "bandwidthRead",
  [WRITE_PORT]: "bandwidthWrite",
  [SHARED_PORT]: "bandwidthShared",
} as const;

/** What a port is called. @internal */
export const portName = { [READ_PORT]: "read", [WRITE_PORT]: "write", [SHARED_PORT]: "shared" } as const;

/**
 * The port that slows level l down most, where one instance is asked for so many words a cycle, or `NO_PORT` if none is
 * slower than `fastest`: the share of its speed that is left, 1 unless given (`Infinity`: the slowest of all ports that
 * are limited at all). Of equal ones the first of read, write and shared.
 *
 * @internal
 */
export function limitingPort(machine: Machine, l: number, read: number, write: number, fastest = 1): Port {
  const ofRead = machine.bandwidthRead[l]! / read;
  const ofWrite = machine.bandwidthWrite[l]! / write;
  const ofShared = machine.bandwidthShared[l]! / (write + read);
  let port: Port = NO_PORT;
  let slowdown = fastest;
  if (ofRead < slowdown) {
    slowdown = ofRead;
    port = READ_PORT;
  }
  if (ofWrite < slowdown) {
    slowdown = ofWrite;
    port = WRITE_PORT;
  }
  return ofShared < slowdown ? SHARED_PORT : port;
}

/** Words that pass a port where so many are given and taken. @internal */
export function portWords(port: Port, read: number, write: number): number {
  if (port === READ_PORT) return read;
  return port === WRITE_PORT ? write : write + read;
}
