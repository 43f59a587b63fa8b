import type { SparseVector } from '../features/vectorizer.ts';

/** Rows of weights, one row per input, unquantised. */
interface PlainRows {
  readonly values: Float32Array;
}

/** Rows of weights, a byte each, with one scale per row. */
export interface QuantisedRows {
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

export type Rows = PlainRows | QuantisedRows;

/** Adds value x row to the sums. */
type AddRow = (row: number, value: number, sums: Float64Array) => void;

/** Rounds each row to steps of 1/127 of its largest weight. */
export function quantise(values: Float32Array, width: number): QuantisedRows {
  const rows = width === 0 ? 0 : values.length / width;
  const quantised = { values: new Int8Array(values.length), scales: new Float32Array(rows) };
  for (let row = 0; row < rows; row += 1) quantiseRow(values, row * width, (row + 1) * width, row, quantised);
  return quantised;
}

// Plain loops, because there may be a hundred million weights.
function quantiseRow(weights: Float32Array, start: number, end: number, row: number, quantised: QuantisedRows): void {
  let largest = 0;
  for (let at = start; at < end; at += 1) largest = Math.max(largest, Math.abs(weights[at] as number));
  const scale = Math.fround(largest / 127);
  quantised.scales[row] = scale;
  if (scale === 0) return;
  for (let at = start; at < end; at += 1) quantised.values[at] = Math.round((weights[at] as number) / scale);
}

/** Creates the function that adds a row of `width` weights. */
export function rowAdder(rows: Rows, width: number): AddRow {
  const { values } = rows;
  const scales = 'scales' in rows ? rows.scales : undefined;
  return (row, value, sums) => {
    const scaled = scales ? value * (scales[row] as number) : value;
    const base = row * width;
    for (let column = 0; column < width; column += 1) {
      sums[column] = (sums[column] as number) + scaled * (values[base + column] as number);
    }
  };
}

/** Adds the row of every feature. */
export function addRows({ indices, values, length }: SparseVector, add: AddRow, sums: Float64Array): void {
  for (let at = 0; at < length; at += 1) add(indices[at] as number, values[at] as number, sums);
}

/** Returns one weight, in either form of storage. */
export function weightAt(rows: Rows, width: number, row: number, column: number): number {
  return (rows.values[row * width + column] as number) * ('scales' in rows ? (rows.scales[row] as number) : 1);
}

/** Returns a row's weight for a class minus its average weight. */
export function weightAboveAverage(rows: Rows, classes: number, row: number, label: number): number {
  let sum = 0;
  for (let at = 0; at < classes; at += 1) sum += weightAt(rows, classes, row, at);
  return weightAt(rows, classes, row, label) - sum / classes;
}
