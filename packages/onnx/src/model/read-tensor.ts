import { type SparseTensorProto, type TensorProto, TensorProto_DataLocation, TensorProto_DataType } from "onnx-buf";
import type { Tensor } from "./model.js";

/** Most values a tensor is read for: enough for shapes, indices and scales, not for weights. */
export const MOST_VALUES = 1024;

type Reader = (view: DataView, offset: number) => number;

/** How values stand in `raw_data` (little-endian), by element type: bytes of one, and how to read it. */
const RAW: ReadonlyMap<number, readonly [bytes: number, read: Reader]> = new Map([
  [TensorProto_DataType.FLOAT, [4, (view, at) => view.getFloat32(at, true)]],
  [TensorProto_DataType.DOUBLE, [8, (view, at) => view.getFloat64(at, true)]],
  [TensorProto_DataType.INT64, [8, (view, at) => Number(view.getBigInt64(at, true))]],
  [TensorProto_DataType.UINT64, [8, (view, at) => Number(view.getBigUint64(at, true))]],
  [TensorProto_DataType.INT32, [4, (view, at) => view.getInt32(at, true)]],
  [TensorProto_DataType.UINT32, [4, (view, at) => view.getUint32(at, true)]],
  [TensorProto_DataType.INT16, [2, (view, at) => view.getInt16(at, true)]],
  [TensorProto_DataType.UINT16, [2, (view, at) => view.getUint16(at, true)]],
  [TensorProto_DataType.INT8, [1, (view, at) => view.getInt8(at)]],
  [TensorProto_DataType.UINT8, [1, (view, at) => view.getUint8(at)]],
  [TensorProto_DataType.BOOL, [1, (view, at) => view.getUint8(at)]],
]);

const FLOATING: readonly number[] = [
  TensorProto_DataType.FLOAT,
  TensorProto_DataType.DOUBLE,
  TensorProto_DataType.FLOAT16,
  TensorProto_DataType.BFLOAT16,
  TensorProto_DataType.UNDEFINED,
];

/** Whether values of an element type are whole numbers (or truth values), so that their quotient is cut off. */
export function isIntegerType(type: number): boolean {
  return !FLOATING.includes(type);
}

/** Reads a constant; its values only if there are few, their type is a number's, and they are in the file. */
export function readTensor(tensor: TensorProto): Tensor {
  const shape = tensor.dims.map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, data: count > MOST_VALUES ? null : values(tensor, count), isInteger: isIntegerType(tensor.dataType) };
}

/** A constant of which the file has only the elements that are not 0: dense as far as counts go, its values not read. */
export function readSparseTensor({ dims, values }: SparseTensorProto): Tensor {
  return { shape: dims.map(Number), data: null, isInteger: isIntegerType(values?.dataType ?? 0) };
}

function values(tensor: TensorProto, count: number): readonly number[] | null {
  if (count === 0) return [];
  if (tensor.dataLocation === TensorProto_DataLocation.EXTERNAL) return null;
  for (const list of [tensor.floatData, tensor.doubleData, tensor.int32Data, tensor.int64Data, tensor.uint64Data]) {
    if (list.length === 0) continue;
    // Half-precision numbers stand here as bit patterns.
    const isPattern = list === tensor.int32Data && !isIntegerType(tensor.dataType);
    return list.length === count && !isPattern ? Array.from(list as (number | bigint)[], Number) : null;
  }
  const [bytes, read] = RAW.get(tensor.dataType) ?? [0, () => 0];
  const { rawData } = tensor;
  if (bytes === 0 || rawData.length !== count * bytes) return null;
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  return Array.from({ length: count }, (_, i) => read(view, i * bytes));
}
