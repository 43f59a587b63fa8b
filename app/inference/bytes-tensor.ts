import { isUtf8 } from 'node:buffer';

// Each element of a BYTES tensor is preceded by its length, an unsigned little-endian number of four bytes.
const lengthBytes = 4;

/** Decodes a BYTES tensor; undefined where the lengths do not add up or the bytes are not UTF-8. */
export function decodeStrings(bytes: Buffer): string[] | undefined {
  const strings: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const start = at + lengthBytes;
    if (start > bytes.length) return undefined;
    at = start + bytes.readUInt32LE(at);
    const element = bytes.subarray(start, at);
    if (at > bytes.length || !isUtf8(element)) return undefined;
    strings.push(element.toString());
  }
  return strings;
}

/** Encodes a BYTES tensor. */
export function encodeStrings(strings: readonly string[]): Buffer {
  return Buffer.concat(strings.flatMap(encodeString));
}

function encodeString(string: string): Buffer[] {
  const bytes = Buffer.from(string);
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(bytes.length);
  return [length, bytes];
}

/** Encodes an FP64 tensor. */
export function encodeDoubles(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) bytes.writeDoubleLE(value, index * 8);
  return bytes;
}
