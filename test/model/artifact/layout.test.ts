import test from 'ava';
import { packTensors, type TensorValues, unpackTensors } from '../../../model/artifact/layout.ts';

test('arrays are laid one after another, each at a multiple of 8 bytes, little-endian, and unpacked again', (t) => {
  const arrays = new Map<string, TensorValues>([
    ['small', Int8Array.of(1, -1, 2)],
    ['whole', Int32Array.of(258)],
    ['empty', new Float32Array()],
    ['real', Float32Array.of(1.5)],
  ]);
  const { tensors, bytes } = packTensors(arrays);
  t.deepEqual(tensors, [
    { name: 'small', type: 'int8', offset: 0, length: 3 },
    { name: 'whole', type: 'int32', offset: 8, length: 1 },
    { name: 'empty', type: 'float32', offset: 16, length: 0 },
    { name: 'real', type: 'float32', offset: 16, length: 1 },
  ]);
  t.deepEqual([...bytes], [1, 255, 2, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 192, 63, 0, 0, 0, 0]);
  t.deepEqual(unpackTensors(tensors, bytes), arrays);
});
