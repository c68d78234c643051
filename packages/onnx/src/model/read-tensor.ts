import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { ElementType, isIntegerType, narrowBits } from "./element-types.js";
import type { Tensor } from "./model.js";
import { fileSize } from "./sizes.js";
import { bytesField, type FieldReader, integerField, integersField, readMessage, textField } from "./wire.js";

/** Most values a tensor is read for: enough for shapes, indices and scales, not for weights. */
export const MOST_VALUES = 1024;

type Raw = (view: DataView, offset: number) => number;

/** How values stand in `raw_data` (little-endian), by element type: bytes of one, and how to read it. */
const RAW: ReadonlyMap<number, readonly [bytes: number, read: Raw]> = new Map([
  [ElementType.FLOAT, [4, (view, at) => view.getFloat32(at, true)]],
  [ElementType.DOUBLE, [8, (view, at) => view.getFloat64(at, true)]],
  [ElementType.INT64, [8, (view, at) => Number(view.getBigInt64(at, true))]],
  [ElementType.UINT64, [8, (view, at) => Number(view.getBigUint64(at, true))]],
  [ElementType.INT32, [4, (view, at) => view.getInt32(at, true)]],
  [ElementType.UINT32, [4, (view, at) => view.getUint32(at, true)]],
  [ElementType.INT16, [2, (view, at) => view.getInt16(at, true)]],
  [ElementType.UINT16, [2, (view, at) => view.getUint16(at, true)]],
  [ElementType.INT8, [1, (view, at) => view.getInt8(at)]],
  [ElementType.UINT8, [1, (view, at) => view.getUint8(at)]],
  [ElementType.BOOL, [1, (view, at) => view.getUint8(at)]],
]);

/** A constant with its name; "" if it has none. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}

/**
 * Reads a constant (`TensorProto`); its values only if there are few, their type is a number's, and they are in the
 * file.
 */
export function readTensor(bytes: Uint8Array): NamedTensor {
  const dims: number[] = [];
  let [type, name, isExternal, location] = [0, "", false, ""];
  let raw: Uint8Array = new Uint8Array();
  const listed = new ListedValues();
  readMessage(bytes, {
    1: integersField((size) => dims.push(size)),
    2: integerField((value) => {
      type = value;
    }),
    4: listed.field(WireType.Bit32, (reader) => reader.float()),
    5: listed.field(WireType.Varint, (reader) => reader.int32(), true),
    7: listed.field(WireType.Varint, (reader) => Number(reader.int64())),
    8: textField((text) => {
      name = text;
    }),
    9: bytesField((data) => {
      raw = data;
    }),
    10: listed.field(WireType.Bit64, (reader) => reader.double()),
    11: listed.field(WireType.Varint, (reader) => Number(reader.uint64())),
    13: bytesField((entry) => {
      const [key, value] = readEntry(entry);
      if (key === "location") location = value;
    }),
    14: integerField((place) => {
      isExternal = place === 1;
    }),
  });
  const shape = dims.map((size) => fileSize(size, name));
  const count = shape.reduce((product, size) => product * size, 1);
  const isInteger = isIntegerType(type);
  const data = count === 0 ? [] : count > MOST_VALUES || isExternal ? null : values(raw, listed, type, count);
  return { name, tensor: { shape, data, isInteger, bits: narrowBits(type), ...(isExternal && { location }) } };
}

/**
 * A constant of which the file has only the elements that are not 0: dense as far as counts go, its values not read.
 */
export function readSparseTensor(bytes: Uint8Array): NamedTensor {
  const dims: number[] = [];
  let elements: NamedTensor = { name: "", tensor: { shape: [], data: null, isInteger: false, bits: null } };
  readMessage(bytes, {
    1: bytesField((tensor) => {
      elements = readTensor(tensor);
    }),
    3: integersField((size) => dims.push(size)),
  });
  const { name, tensor } = elements;
  return {
    name,
    tensor: {
      shape: dims.map((size) => fileSize(size, name)),
      data: null,
      isInteger: tensor.isInteger,
      bits: tensor.bits,
    },
  };
}

/** Values that stand one by one, or packed, in a list of their type: the first ones, and how many there are. */
class ListedValues {
  readonly values: number[] = [];
  count = 0;
  /** Whether half-precision numbers would stand there as patterns of bits. */
  isPattern = false;

  field(wire: WireType, read: (reader: BinaryReader) => number, isPattern = false): FieldReader {
    const one = (reader: BinaryReader) => {
      this.count += 1;
      this.isPattern = isPattern;
      const value = read(reader);
      if (this.values.length < MOST_VALUES) this.values.push(value);
    };
    return (reader, own) => {
      if (own === wire) one(reader);
      else if (own !== WireType.LengthDelimited) throw new Error(`values of wire type ${own} where ${wire} belongs`);
      else {
        const packed = reader.bytes();
        // More than are ever looked at: the rest is skipped.
        if (packed.length > 10 * MOST_VALUES) this.count = Number.POSITIVE_INFINITY;
        else readPacked(packed, one);
      }
    };
  }
}

function readPacked(packed: Uint8Array, one: (reader: BinaryReader) => void): void {
  const reader = new BinaryReader(packed);
  while (reader.pos < reader.len) one(reader);
  if (reader.pos > reader.len) throw new RangeError("premature EOF");
}

function values(raw: Uint8Array, listed: ListedValues, type: number, count: number): readonly number[] | null {
  if (listed.count > 0) {
    const isPattern = listed.isPattern && !isIntegerType(type);
    return listed.count === count && !isPattern ? listed.values : null;
  }
  const [bytes, read] = RAW.get(type) ?? [0, () => 0];
  if (bytes === 0 || raw.length !== count * bytes) return null;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: count }, (_, i) => read(view, i * bytes));
}

function readEntry(bytes: Uint8Array): [key: string, value: string] {
  let [key, value] = ["", ""];
  readMessage(bytes, {
    1: textField((text) => {
      key = text;
    }),
    2: textField((text) => {
      value = text;
    }),
  });
  return [key, value];
}
