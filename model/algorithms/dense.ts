/** `dense.wat`, assembled, in base64. A test compares the two and shows the value to put here. */
export const denseCode = [
  'AGFzbQEAAAABGgNgBH9/fX8AYAV/f39/fwBgB39/f39/fX0AAhMBB3RyYWluZXIGbWVtb3J5AgABAwUEAAEBAgcdAwdmb3J3YXJkAAEIYmFj',
  'a3dhcmQAAgRzdGVwAAMKvQMETQIBfwF7IAL9EyEFIAAgA0ECdGohBAJAA0AgACAETw0BIAAgAP0ABAAgBSAB/QAEAP3mAf3kAf0LBAAgAEEQ',
  'aiEAIAFBEGohAQwACwsLOwEBfyABIANBAnRqIQUCQANAIAEgBU8NASAAIAIgASoCACAEEAAgAUEEaiEBIAIgBEECdGohAgwACwsLOwEBfyAB',
  'IANBAnRqIQUCQANAIAEgBU8NASAAIAIgASoCACAEEAAgAUEEaiEBIAAgBEECdGohAAwACwsL9AECAX8FeyAF/RMhCyAG/RMhDCAAIARBAnRq',
  'IQcCQANAIAAgB08NASAB/QAEACAMIAD9AAQA/eYB/eQBIQhDZmZmP/0TIAL9AAQA/eYBQ83MzD39EyAI/eYB/eQBIQlDpHB9P/0TIAP9AAQA',
  '/eYBQwrXIzz9EyAIIAj95gH95gH95AEhCiAAIAD9AAQAIAsgCf3mASAK/eMBQ3fMKzL9E/3kAf3nAf3lAf0LBAAgAiAJ/QsEACADIAr9CwQA',
  'IAH9DAAAAAAAAAAAAAAAAAAAAAD9CwQAIABBEGohACABQRBqIQEgAkEQaiECIANBEGohAwwACwsL',
].join('');

const pageBytes = 65_536;
const floatBytes = Float32Array.BYTES_PER_ELEMENT;
const lanes = 4;

/** Floats in the memory of the loops: their address in bytes, and a view of them. */
export interface Floats {
  readonly place: number;
  readonly values: Float32Array;
}

/** The loops of `dense.wat`. Their arguments are addresses and counts; the text says what they mean. */
type Loops = Record<'forward' | 'backward' | 'step', (...numbers: number[]) => void>;

/** Returns the count of floats that the loops take instead of `count`: a multiple of four. */
export function padded(count: number): number {
  return Math.ceil(count / lanes) * lanes;
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
