import { inTurns, type ReportShare } from '../../common/in-turns.ts';
import type { SparseVector, Vectorizer } from '../features/vectorizer.ts';
import { sharedFloats, sharedIntegers } from './shared-arrays.ts';

/** Sparse rows, one after another: row r is `indices` and `values` from `starts[r]` to `starts[r + 1]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Vectorizes the texts, one per row. */
export async function matrixOf(vectorizer: Vectorizer, texts: readonly string[], report: ReportShare): Promise<Matrix> {
  const rows = createRows(texts.length);
  await inTurns(texts, report, (text, row) => rows.add(vectorizer.vectorize(text), row));
  return { rows: texts.length, columns: vectorizer.size, ...rows.take() };
}

// Rows are written to where they stay. The arrays are as long as the rows so far let expect: pages that nothing is written to
// take no memory, but copies do.
function createRows(count: number) {
  const starts = sharedIntegers(count + 1);
  let indices = sharedIntegers(0);
  let values = sharedFloats(0);
  const add = (vector: SparseVector, row: number): void => {
    const start = starts[row] as number;
    const end = start + vector.length;
    if (end > indices.length) {
      const expected = Math.ceil((reserve * end * count) / (row + 1));
      indices = copied(indices, sharedIntegers(expected));
      values = copied(values, sharedFloats(expected));
    }
    for (let at = 0; at < vector.length; at += 1) {
      indices[start + at] = vector.indices[at] as number;
      values[start + at] = vector.values[at] as number;
    }
    starts[row + 1] = end;
  };
  const take = () => {
    const total = starts[count] as number;
    return { starts, indices: indices.subarray(0, total), values: values.subarray(0, total) };
  };
  return { add, take };
}

const reserve = 1.2;

function copied<Numbers extends Int32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}

interface Row {
  indices: Int32Array;
  values: Float64Array;
}

/** Returns the indices and values of one row, as views. */
export function rowOf({ starts, indices, values }: Matrix, row: number): Row {
  const [start, end] = [starts[row] as number, starts[row + 1] as number];
  return { indices: indices.subarray(start, end), values: values.subarray(start, end) };
}

/** Copies some of the rows, in the order given. */
export function selectRows(matrix: Matrix, chosen: Int32Array): Matrix {
  const rows = createRows(chosen.length);
  chosen.forEach((row, at) => {
    const { indices, values } = rowOf(matrix, row);
    rows.add({ indices, values, length: indices.length }, at);
  });
  return { rows: chosen.length, columns: matrix.columns, ...rows.take() };
}
