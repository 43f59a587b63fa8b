import { endianness } from 'node:os';
import { z } from 'zod';

const types = { int8: Int8Array, int32: Int32Array, float32: Float32Array } as const;

/** The place of an array in the weights file. */
export const tensorSchema = z.strictObject({
  name: z.string(),
  type: z.enum(['int8', 'int32', 'float32']),
  /** In bytes from the start of the file; a multiple of 8. */
  offset: z.int().min(0).multipleOf(8),
  /** In elements. */
  length: z.int().min(0),
});

type Tensor = z.output<typeof tensorSchema>;
export type TensorValues = Int8Array | Int32Array | Float32Array;

const alignment = 8;

/** Lays named arrays one after another, each at a multiple of 8 bytes, little-endian. */
export function packTensors(arrays: ReadonlyMap<string, TensorValues>): { tensors: Tensor[]; bytes: Uint8Array } {
  refuseBigEndian();
  let offset = 0;
  const tensors = [...arrays].map(([name, values]) => {
    const tensor = { name, type: typeOf(values), offset, length: values.length };
    offset = Math.ceil((offset + values.byteLength) / alignment) * alignment;
    return tensor;
  });
  const bytes = new Uint8Array(offset);
  for (const { name, offset: start } of tensors) {
    const { buffer, byteOffset, byteLength } = arrays.get(name) as TensorValues;
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), start);
  }
  return { tensors, bytes };
}

/** Returns views of the arrays in the file's bytes; refuses a manifest that points beyond them. */
export function unpackTensors(tensors: readonly Tensor[], bytes: Uint8Array): Map<string, TensorValues> {
  refuseBigEndian();
  return new Map(tensors.map((tensor) => [tensor.name, viewOf(tensor, bytes)]));
}

function viewOf({ name, type, offset, length }: Tensor, bytes: Uint8Array): TensorValues {
  const View = types[type];
  const end = offset + length * View.BYTES_PER_ELEMENT;
  if (end > bytes.byteLength) {
    throw new Error(`weights: expected ${name} to end by byte ${bytes.byteLength}, but it ends at ${end}`);
  }
  return new View(bytes.buffer as ArrayBuffer, bytes.byteOffset + offset, length);
}

function typeOf(values: TensorValues): Tensor['type'] {
  if (values instanceof Int8Array) return 'int8';
  return values instanceof Int32Array ? 'int32' : 'float32';
}

function refuseBigEndian(): void {
  if (endianness() !== 'LE') throw new Error('artifacts are little-endian, and this machine is not');
}
