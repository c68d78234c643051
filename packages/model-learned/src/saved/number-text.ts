/** Numbers as base64 of little-endian 32-bit floats: a quarter of what they take as decimal text. */
export function encodeNumbers(numbers: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  for (let i = 0; i < numbers.length; i++) view.setFloat32(4 * i, numbers[i]!, true);
  let binary = "";
  for (let i = 0; i < view.byteLength; i++) binary += String.fromCharCode(view.getUint8(i));
  return btoa(binary);
}

/** The numbers of such a text; `null` if it is not one of `length` finite numbers. */
export function decodeNumbers(text: string, length: number): Float64Array | null {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  if (binary.length !== 4 * length) return null;
  const view = new DataView(new ArrayBuffer(binary.length));
  for (let i = 0; i < binary.length; i++) view.setUint8(i, binary.charCodeAt(i));
  const numbers = Float64Array.from({ length }, (_, i) => view.getFloat32(4 * i, true));
  return numbers.every(Number.isFinite) ? numbers : null;
}
