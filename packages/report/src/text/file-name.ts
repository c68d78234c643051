/** A name as a part of a file name on any system. */
export function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, "-").slice(0, 60);
}
