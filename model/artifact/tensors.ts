import type { Precision, StoredLinear, StoredMember, StoredNetwork } from '../scoring/members.ts';
import type { Rows } from '../scoring/weights.ts';
import type { TensorValues } from './layout.ts';
import type { Manifest } from './manifest.ts';

/** The arrays of a model. */
export interface Weights {
  hashes: Int32Array;
  frequencies?: Float32Array;
  members: readonly StoredMember[];
}

/** Names the arrays as they are in the weights file. */
export function namedTensors({ hashes, frequencies, members }: Weights): Map<string, TensorValues> {
  return new Map([
    ['hashes', hashes],
    ...(frequencies ? [['frequencies', frequencies] as const] : []),
    ...members.flatMap((member, index) => memberTensors(member, `member${index}`)),
  ]);
}

function memberTensors(member: StoredMember, name: string): [string, TensorValues][] {
  const output: [string, TensorValues][] = [
    [`${name}.bias`, member.bias],
    ...rowTensors(member.rows, `${name}.weights`),
  ];
  if (member.kind === 'linear') return output;
  return [
    [`${name}.hidden.bias`, member.hiddenBias],
    ...rowTensors(member.hiddenRows, `${name}.hidden.weights`),
    ...output,
  ];
}

const rowTensors = (rows: Rows, name: string): [string, TensorValues][] => [
  [name, rows.values],
  ...('scales' in rows ? [[`${name}.scales`, rows.scales] as [string, TensorValues]] : []),
];

/** Finds the arrays again, each of the type and length that the manifest's labels and features ask for. */
export function weightsFrom(manifest: Manifest, tensors: ReadonlyMap<string, TensorValues>): Weights {
  const read = reader(tensors);
  const hashes = read('hashes', Int32Array);
  const weighted = manifest.features.blocks.some((block) => block.inverseDocumentFrequency);
  const classes = manifest.labels.length + (manifest.outOfScopeClass ? 1 : 0);
  const members = manifest.members.map(({ kind, precision }, index) => {
    const shape = { name: `member${index}`, features: hashes.length, classes, precision };
    return kind === 'linear' ? readLinear(read, shape) : readNetwork(read, shape);
  });
  return { hashes, ...(weighted ? { frequencies: read('frequencies', Float32Array, hashes.length) } : {}), members };
}

type Constructor<T> = abstract new (...args: never[]) => T;
type Read = <T extends TensorValues>(name: string, type: Constructor<T>, length?: number) => T;

interface Shape {
  name: string;
  features: number;
  classes: number;
  precision: Precision;
}

const reader =
  (tensors: ReadonlyMap<string, TensorValues>): Read =>
  (name, type, length) => {
    const values = tensors.get(name);
    if (values instanceof type && (length === undefined || values.length === length)) return values;
    const found = values ? `${values.length} of ${values.constructor.name}` : 'nothing';
    throw new Error(`weights: expected ${name} to be ${length ?? 'any number'} of ${type.name}, found ${found}`);
  };

const readRows = (read: Read, name: string, rows: number, width: number, precision: Precision): Rows =>
  precision === 'int8'
    ? { values: read(name, Int8Array, rows * width), scales: read(`${name}.scales`, Float32Array, rows) }
    : { values: read(name, Float32Array, rows * width) };

const readLinear = (read: Read, { name, features, classes, precision }: Shape): StoredLinear => ({
  kind: 'linear',
  bias: read(`${name}.bias`, Float32Array, classes),
  rows: readRows(read, `${name}.weights`, features, classes, precision),
});

function readNetwork(read: Read, { name, features, classes, precision }: Shape): StoredNetwork {
  const hiddenBias = read(`${name}.hidden.bias`, Float32Array);
  return {
    kind: 'network',
    hiddenBias,
    hiddenRows: readRows(read, `${name}.hidden.weights`, features, hiddenBias.length, precision),
    bias: read(`${name}.bias`, Float32Array, classes),
    rows: readRows(read, `${name}.weights`, hiddenBias.length, classes, precision),
  };
}
