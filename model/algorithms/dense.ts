/** `dense.wat`, assembled, in base64. A test compares the two and shows the value to put here. */
export const denseCode = [
  'AGFzbQEAAAABFAJgBn9/f39/fwBgB39/f39/fX0AAhMBB3RyYWluZXIGbWVtb3J5AgABAwQDAAABByADCmFjY3VtdWxhdGUAAAhiYWNrd2Fy',
  'ZAABBHN0ZXAAAgqhBAPtAQIFfwV7IAVBAnQhByADIAdqIQYDQCAA/QAEACEMIAD9AAQQIQ0gAP0ABCAhDiAA/QAEMCEPIAEhCiADIQggAyAE',
  'IAdsaiEJAkADQCAIIAlPDQEgCv0JAgAhCyAMIAsgCP0ABAD95gH95AEhDCANIAsgCP0ABBD95gH95AEhDSAOIAsgCP0ABCD95gH95AEhDiAP',
  'IAsgCP0ABDD95gH95AEhDyAKIAJqIQogCCAHaiEIDAALCyAAIAz9CwQAIAAgDf0LBBAgACAO/QsEICAAIA/9CwQwIABBwABqIQAgA0HAAGoh',
  'AyADIAZJDQALCzoBAX8gASACQQJ0aiEGA0AgACABIAJBAnQgAyAEIAUQACABQQRqIQEgACAFQQJ0aiEAIAEgBkkNAAsL9AECAX8FeyAF/RMh',
  'CyAG/RMhDCAAIARBAnRqIQcCQANAIAAgB08NASAB/QAEACAMIAD9AAQA/eYB/eQBIQhDZmZmP/0TIAL9AAQA/eYBQ83MzD39EyAI/eYB/eQB',
  'IQlDpHB9P/0TIAP9AAQA/eYBQwrXIzz9EyAIIAj95gH95gH95AEhCiAAIAD9AAQAIAsgCf3mASAK/eMBQ3fMKzL9E/3kAf3nAf3lAf0LBAAg',
  'AiAJ/QsEACADIAr9CwQAIAH9DAAAAAAAAAAAAAAAAAAAAAD9CwQAIABBEGohACABQRBqIQEgAkEQaiECIANBEGohAwwACwsL',
].join('');

const pageBytes = 65_536;
const floatBytes = Float32Array.BYTES_PER_ELEMENT;
const columnsAtOnce = 16;

/** Floats in the memory of the loops: their address in bytes, and a view of them. */
export interface Floats {
  readonly place: number;
  readonly values: Float32Array;
}

/** The loops of `dense.wat`. Their arguments are addresses and counts; the text says what they mean. */
type Loops = Record<'accumulate' | 'backward' | 'step', (...numbers: number[]) => void>;

/** Returns the count of floats that the loops take instead of `count`: a multiple of sixteen. */
export function padded(count: number): number {
  return Math.ceil(count / columnsAtOnce) * columnsAtOnce;
}

const module = new WebAssembly.Module(Buffer.from(denseCode, 'base64'));

/** Creates the loops, and an array of zeros in their memory for each of the lengths. */
export function createDense<Name extends string>(
  lengths: Record<Name, number>,
): { loops: Loops; arrays: Record<Name, Floats> } {
  const names = Object.keys(lengths) as Name[];
  const total = names.reduce((sum, name) => sum + padded(lengths[name]), 0);
  const memory = new WebAssembly.Memory({ initial: Math.ceil((total * floatBytes) / pageBytes) });
  let place = 0;
  const arrays = names.map((name) => {
    const values = new Float32Array(memory.buffer, place, padded(lengths[name]));
    const floats: Floats = { place, values };
    place += values.byteLength;
    return [name, floats] as const;
  });
  const { exports } = new WebAssembly.Instance(module, { trainer: { memory } });
  return { loops: exports as Loops, arrays: Object.fromEntries(arrays) as Record<Name, Floats> };
}
