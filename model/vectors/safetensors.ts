import { z } from 'zod';
import { VectorError } from './error.ts';

const headerSchema = z.record(
  z.string(),
  z.looseObject({
    dtype: z.string(),
    shape: z.array(z.int().min(0)),
    data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
  }),
);

/** Rows of numbers, one after another. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/**
 * Reads the one matrix of 16-bit floats in a file of the safetensors format, https://huggingface.co/docs/safetensors: the length
 * of the header (8 bytes, little-endian), the header in JSON, and the numbers. `path` names the file in errors.
 */
export function readSafetensors(path: string, content: Uint8Array): Table {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const length = bytes.length < 8 ? bytes.length : Number(bytes.readBigUInt64LE());
  const start = 8 + length;
  if (start > bytes.length) {
    throw new VectorError(`${path}: expected a header of ${length} bytes, got a file of ${bytes.length}`);
  }
  const { dtype, shape, data_offsets: offsets } = onlyTensor(path, bytes.toString('utf8', 8, start));
  const [rows = 0, columns = 0] = shape;
  const size = rows * columns * Float16Array.BYTES_PER_ELEMENT;
  const isMatrix = dtype === 'F16' && shape.length === 2 && offsets[0] === 0 && offsets[1] === size;
  if (!isMatrix || start + size !== bytes.length) {
    const got = `${dtype} of shape ${shape.join(' x ')} in ${bytes.length - start} bytes`;
    throw new VectorError(`${path}: expected a matrix of F16 and nothing else, got ${got}`);
  }
  // The numbers may begin at an odd byte, where no view can begin.
  const copy = new Uint8Array(bytes.subarray(start)).buffer;
  return { rows, columns, values: Float32Array.from(new Float16Array(copy)) };
}

function onlyTensor(path: string, text: string): z.output<typeof headerSchema>[string] {
  const { success, data } = headerSchema.safeParse(withoutMetadata(path, text));
  const [tensor, ...others] = success ? Object.values(data) : [];
  if (tensor && others.length === 0) return tensor;
  throw new VectorError(`${path}: expected a header with one tensor, got ${text.slice(0, 100)}`);
}

function withoutMetadata(path: string, text: string): unknown {
  try {
    const { __metadata__: _, ...tensors } = JSON.parse(text);
    return tensors;
  } catch (cause) {
    throw new VectorError(`${path}: expected a header in JSON, got ${text.slice(0, 100)}`, { cause });
  }
}
