/** What other kinds of files, which are given in place of an ONNX model, begin with; and what would help. */
const KINDS: readonly (readonly [begins: string, what: string, fix: string])[] = [
  [
    "version https://git-lfs",
    "a Git LFS pointer, not the model itself",
    "run git lfs pull where it was cloned, and give the file again",
  ],
  ["<!DOCTYPE", "a web page", "download the file itself (its raw form)"],
  ["<html", "a web page", "download the file itself (its raw form)"],
  ["PK\u0003\u0004", "a zip archive", "unpack it (a PyTorch model has to be exported: torch.onnx.export)"],
  ["\u001f\u008b", "a gzip archive", "unpack it (gunzip)"],
  ["\u0089HDF", "an HDF5 file, as Keras writes", "convert it to ONNX (tf2onnx)"],
];

const FLATBUFFERS: readonly (readonly [identifier: string, what: string, fix: string])[] = [
  ["TFL3", "a TensorFlow Lite model", "convert it to ONNX (tf2onnx --tflite)"],
  ["ORTM", "a model in ONNX Runtime's own format", "give the .onnx file that it was made of"],
];

/** What else the bytes are, if their beginning tells; null if not. */
export function otherKind(bytes: Uint8Array): { readonly what: string; readonly fix: string } | null {
  const text = String.fromCharCode(...bytes.subarray(0, 64));
  for (const [begins, what, fix] of KINDS) if (text.startsWith(begins)) return { what, fix };
  for (const [identifier, what, fix] of FLATBUFFERS) if (text.slice(4, 8) === identifier) return { what, fix };
  if (isFrozenGraph(bytes)) {
    return { what: "a frozen graph of TensorFlow (GraphDef), not an ONNX model", fix: "convert it to ONNX (tf2onnx)" };
  }
  return isSavedModel(bytes)
    ? { what: "a saved model of TensorFlow, not an ONNX model", fix: "convert it to ONNX (tf2onnx)" }
    : null;
}

/**
 * Field 1 is the number 1, as in old ONNX models, but field 2 a message that begins with one, where those have a
 * program's name.
 */
function isSavedModel(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x08 || bytes[1] !== 0x01 || bytes[2] !== 0x12) return false;
  let at = 3;
  while ((bytes[at] ?? 0) & 0x80) at += 1;
  return bytes[at + 1] === 0x0a;
}

/**
 * Whether the bytes begin with a node of a TensorFlow graph (field 1, a message whose fields 1 and 2 are the texts of
 * its name and its operator). In an ONNX model field 1 is a number.
 */
function isFrozenGraph(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x0a) return false;
  let at = 1;
  while ((bytes[at] ?? 0) & 0x80) at += 1;
  at += 1;
  const length = bytes[at + 1] ?? 0x80;
  return bytes[at] === 0x0a && length < 0x80 && bytes[at + 2 + length] === 0x12;
}
