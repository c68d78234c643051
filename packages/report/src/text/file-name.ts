/**
 * A name as a part of a file name, or as a folder's, on any system: letters, digits, `_`, `.` and `-`, 60 at most;
 * never empty, never one that leads to another folder or to a device.
 */
export function fileName(name: string): string {
  const safe = name.replace(/[^\w.-]+/g, "-").slice(0, 60);
  // Dots at the ends hide a file, lead to another folder, or are dropped; devices are called like this on Windows.
  const plain = safe.replace(/^\.+|\.+$/g, (dots) => "-".repeat(dots.length));
  return plain === "" || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `-${plain}` : plain;
}
