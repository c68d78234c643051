import { createHash } from "node:crypto";

/**
 * SHA-256 of data as JSON, in hexadecimal. The order of fields counts: a search may depend on that of the dimensions.
 */
export function fingerprint(data: unknown): string {
  return createHash("sha256").update(JSON.stringify(data)).digest("hex");
}
