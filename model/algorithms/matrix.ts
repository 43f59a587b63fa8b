import type { Vectorizer } from '../features/vectorizer.ts';

/** Sparse rows, one after another: row r is `indices` and `values` from `starts[r]` to `starts[r + 1]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Vectorizes the texts, one per row. */
export function matrixOf(vectorizer: Vectorizer, texts: string[]): Matrix {
  const rows = texts.map((text) => {
    const { indices, values, length } = vectorizer.vectorize(text);
    return { indices: indices.slice(0, length), values: values.slice(0, length) };
  });
  return stack(rows, vectorizer.size);
}

interface Row {
  indices: Int32Array;
  values: Float64Array;
}

function stack(rows: Row[], columns: number): Matrix {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => {
    starts[index + 1] = (starts[index] as number) + row.indices.length;
  });
  const total = starts[rows.length] as number;
  const indices = new Int32Array(total);
  const values = new Float64Array(total);
  rows.forEach((row, index) => {
    indices.set(row.indices, starts[index]);
    values.set(row.values, starts[index]);
  });
  return { rows: rows.length, columns, starts, indices, values };
}

/** Returns the indices and values of one row, as views. */
export function rowOf({ starts, indices, values }: Matrix, row: number): Row {
  const [start, end] = [starts[row] as number, starts[row + 1] as number];
  return { indices: indices.subarray(start, end), values: values.subarray(start, end) };
}

/** Copies some of the rows, in the order given. */
export function selectRows(matrix: Matrix, rows: Int32Array): Matrix {
  const selected = Array.from(rows, (row) => rowOf(matrix, row));
  return stack(selected, matrix.columns);
}
