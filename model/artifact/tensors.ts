import type { Precision } from '../algorithms/algorithm.ts';
import type { StoredMember, Weights } from '../scoring/model.ts';
import type { Rows } from '../scoring/weights.ts';
import type { TensorValues } from './layout.ts';
import type { Manifest } from './manifest.ts';
import { type Read, readTokens, tokenTensors } from './token-tensors.ts';

/** Returns the arrays of a model by their names in the weights file. */
export function namedTensors({ hashes, frequencies, tokenVectors, members }: Weights): Map<string, TensorValues> {
  return new Map([
    ['hashes', hashes],
    ...(frequencies ? [['frequencies', frequencies] as const] : []),
    ...(tokenVectors ? tokenTensors(tokenVectors) : []),
    ...members.flatMap((member, index) => memberTensors(member, `member${index}`)),
  ]);
}

function memberTensors(member: StoredMember, name: string): [string, TensorValues][] {
  const output: [string, TensorValues][] = [
    [`${name}.bias`, member.bias],
    ...rowTensors(member.rows, `${name}.weights`),
  ];
  if (member.kind !== 'network') return output;
  return [
    [`${name}.hidden.bias`, member.hiddenBias],
    ...rowTensors(member.hiddenRows, `${name}.hidden.weights`),
    ...output,
  ];
}

function rowTensors(rows: Rows, name: string): [string, TensorValues][] {
  const values: [string, TensorValues] = [name, rows.values];
  return 'scales' in rows ? [values, [`${name}.scales`, rows.scales]] : [values];
}

/** Returns the named arrays as weights; refuses an array without the type and length that the manifest implies. */
export function weightsFrom(manifest: Manifest, tensors: ReadonlyMap<string, TensorValues>): Weights {
  const read = createReader(tensors);
  const hashes = read('hashes', Int32Array);
  const weighted = manifest.features.blocks.some((block) => block.inverseDocumentFrequency);
  const classes = manifest.labels.length + (manifest.outOfScopeClass ? 1 : 0);
  const members = manifest.members.map((member, index) =>
    readMember(read, member, `member${index}`, inputsOf(member.kind, hashes.length, manifest), classes),
  );
  return {
    hashes,
    ...(weighted ? { frequencies: read('frequencies', Float32Array, hashes.length) } : {}),
    ...(manifest.tokenVectors ? { tokenVectors: readTokens(read, manifest.tokenVectors.columns) } : {}),
    members,
  };
}

function inputsOf(kind: StoredMember['kind'], features: number, { tokenVectors }: Manifest): number {
  return kind === 'vector' ? (tokenVectors?.columns ?? 0) : features;
}

function createReader(tensors: ReadonlyMap<string, TensorValues>): Read {
  return (name, type, length) => {
    const values = tensors.get(name);
    if (values instanceof type && (length === undefined || values.length === length)) return values;
    const found = values ? `${values.length} of ${values.constructor.name}` : 'nothing';
    throw new Error(`weights: expected ${name} to be ${length ?? 'any number'} of ${type.name}, found ${found}`);
  };
}

function readRows(read: Read, name: string, rows: number, width: number, precision: Precision): Rows {
  return precision === 'int8'
    ? { values: read(name, Int8Array, rows * width), scales: read(`${name}.scales`, Float32Array, rows) }
    : { values: read(name, Float32Array, rows * width) };
}

function readMember(
  read: Read,
  { kind, precision }: Manifest['members'][number],
  name: string,
  inputs: number,
  classes: number,
): StoredMember {
  const bias = read(`${name}.bias`, Float32Array, classes);
  if (kind !== 'network') return { kind, bias, rows: readRows(read, `${name}.weights`, inputs, classes, precision) };
  const hiddenBias = read(`${name}.hidden.bias`, Float32Array);
  const hiddenRows = readRows(read, `${name}.hidden.weights`, inputs, hiddenBias.length, precision);
  const rows = readRows(read, `${name}.weights`, hiddenBias.length, classes, precision);
  return { kind, hiddenBias, hiddenRows, bias, rows };
}
