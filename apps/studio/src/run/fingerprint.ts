/**
 * SHA-256 of data as JSON, in hexadecimal, as the command line has it. Nothing where the browser gives no cryptography:
 * on pages of other hosts without TLS.
 */
export function fingerprint(data: unknown): Promise<string> {
  return sha256(JSON.stringify(data));
}

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export async function sha256(text: string): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) return "";
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
