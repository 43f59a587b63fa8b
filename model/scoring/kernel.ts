import type { SparseVector } from '../features/vectorizer.ts';
import type { QuantisedRows } from './weights.ts';

/** `kernel.wat`, assembled, in base64. A test compares the two and shows the value to put here. */
export const kernelCode = [
  'AGFzbQEAAAABCgFgBn9/f39/fwACEgEGc2NvcmVyBm1lbW9yeQIAAQMCAQAHBwEDYWRkAAAKtgMBswMCBX8LeyADIAVqIQYgAiAE',
  'QQJ0aiEHA0AgAP0ABAAhDiAA/QAEECEPIAD9AAQgIRAgAP0ABDAhESAA/QAEQCESIAD9AARQIRMgAP0ABGAhFCAA/QAEcCEVIAIh',
  'CCABIQkCQANAIAggB08NASAJ/QkCACELIAMgCCgCAGohCiAK/QAEACEMIAz9hwEhDSAOIAsgDf2nAf36Af3mAf3kASEOIA8gCyAN',
  '/agB/foB/eYB/eQBIQ8gDP2IASENIBAgCyAN/acB/foB/eYB/eQBIRAgESALIA39qAH9+gH95gH95AEhESAK/QAEECEMIAz9hwEh',
  'DSASIAsgDf2nAf36Af3mAf3kASESIBMgCyAN/agB/foB/eYB/eQBIRMgDP2IASENIBQgCyAN/acB/foB/eYB/eQBIRQgFSALIA39',
  'qAH9+gH95gH95AEhFSAIQQRqIQggCUEEaiEJDAALCyAAIA79CwQAIAAgD/0LBBAgACAQ/QsEICAAIBH9CwQwIAAgEv0LBEAgACAT',
  '/QsEUCAAIBT9CwRgIAAgFf0LBHAgAEGAAWohACADQSBqIQMgAyAGSQ0ACws=',
].join('');

const pageBytes = 65_536;
// The kernel adds this many columns at once, and reads this many bytes beyond the last row.
const columnsAtOnce = 32;

const module = new WebAssembly.Module(Buffer.from(kernelCode, 'base64'));

/** Adds every feature's row to the sums. */
export type AddRows = (vector: SparseVector, sums: Float64Array) => void;

/** Creates the function that adds quantised rows by the kernel, which holds a copy of them in its own memory. */
export function kernelAdder({ values, scales }: QuantisedRows, width: number): AddRows {
  const { places, sums, factors, offsets, add } = createKernel(values, scales.length, width);
  return (vector, result) => {
    for (let at = 0; at < vector.length; at += 1) {
      const row = vector.indices[at] as number;
      offsets[at] = row * width;
      factors[at] = (vector.values[at] as number) * (scales[row] as number);
    }
    sums.set(result);
    add(places.sums, places.factors, places.offsets, places.weights, vector.length, width);
    result.set(sums);
  };
}

function createKernel(weights: Int8Array, rows: number, width: number) {
  const places = placesFor(rows, width);
  const memory = new WebAssembly.Memory({
    initial: Math.ceil((places.weights + weights.length + columnsAtOnce) / pageBytes),
  });
  new Int8Array(memory.buffer).set(weights, places.weights);
  const { add } = new WebAssembly.Instance(module, { scorer: { memory } }).exports;
  return {
    places,
    sums: new Float32Array(memory.buffer, places.sums, width),
    factors: new Float32Array(memory.buffer, places.factors, rows),
    offsets: new Int32Array(memory.buffer, places.offsets, rows),
    add: add as NonNullable<typeof add>,
  };
}

// A text has each feature at most once, so there are at most as many factors as rows.
function placesFor(rows: number, width: number) {
  const factors = Math.ceil(width / columnsAtOnce) * columnsAtOnce * Float32Array.BYTES_PER_ELEMENT;
  const offsets = factors + rows * Float32Array.BYTES_PER_ELEMENT;
  return { sums: 0, factors, offsets, weights: offsets + rows * Int32Array.BYTES_PER_ELEMENT };
}
