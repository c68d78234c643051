import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** What is done with a field of a message, when the reader stands before its value. */
export type FieldReader = (reader: BinaryReader, wire: WireType) => void;

/**
 * Reads the fields of a protocol buffer's message, in the order in which they stand; those without a reader are skipped
 * without being looked at, so that weights cost no time.
 *
 * @param fields Readers by the number of the field.
 * @throws Error if the bytes are no message, or end in the middle of one.
 */
export function readMessage(bytes: Uint8Array, fields: Readonly<Record<number, FieldReader>>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const read = fields[number];
    if (read === undefined) reader.skip(wire, number);
    else read(reader, wire);
    if (reader.pos > reader.len) throw new RangeError("premature EOF");
  }
}

/** Bytes, a text or an inner message. */
export const bytesField =
  (take: (bytes: Uint8Array) => void): FieldReader =>
  (reader, wire) => {
    check(wire, WireType.LengthDelimited);
    take(reader.bytes());
  };

/** Text in UTF-8. */
export const textField =
  (take: (text: string) => void): FieldReader =>
  (reader, wire) => {
    check(wire, WireType.LengthDelimited);
    take(reader.string());
  };

/** A whole number of up to 64 bits: an exact `number` where it is one, else the nearest. */
export const integerField =
  (take: (value: number) => void): FieldReader =>
  (reader, wire) => {
    check(wire, WireType.Varint);
    take(Number(reader.int64()));
  };

/** Several whole numbers, one by one or packed. */
export const integersField =
  (take: (value: number) => void): FieldReader =>
  (reader, wire) => {
    if (wire !== WireType.LengthDelimited) {
      integerField(take)(reader, wire);
      return;
    }
    const end = endOfPacked(reader);
    while (reader.pos < end) take(Number(reader.int64()));
  };

/** A number of single precision. */
export const floatField =
  (take: (value: number) => void): FieldReader =>
  (reader, wire) => {
    check(wire, WireType.Bit32);
    take(reader.float());
  };

/** Several numbers of single precision, one by one or packed. */
export const floatsField =
  (take: (value: number) => void): FieldReader =>
  (reader, wire) => {
    if (wire !== WireType.LengthDelimited) {
      floatField(take)(reader, wire);
      return;
    }
    const end = endOfPacked(reader);
    while (reader.pos < end) take(reader.float());
  };

function endOfPacked(reader: BinaryReader): number {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError("premature EOF");
  return end;
}

function check(wire: WireType, wanted: WireType): void {
  if (wire !== wanted) throw new Error(`a field of wire type ${wire} where ${wanted} belongs`);
}
