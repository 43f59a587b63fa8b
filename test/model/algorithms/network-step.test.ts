import test from 'ava';
import type { NetworkMember } from '../../../model/algorithms/algorithm.ts';
import { learnRow } from '../../../model/algorithms/network-step.ts';
import { createNetwork } from '../../../model/algorithms/neural-network.ts';
import { createRandom } from '../../../model/random.ts';
import { dense } from '../problem.ts';

const features = [2, 1];
const target = 1;

// By the definition, with inverted dropout: 1 / (1 - 0.6) for features, 1 / (1 - 0.2) for units.
function loss({ hiddenBias, hiddenWeights, bias, weights }: NetworkMember): number {
  const layer = (start: Float32Array, matrix: Float32Array, inputs: number[]): number[] =>
    Array.from(start, (sum, output) =>
      inputs.reduce((total, value, at) => total + value * (matrix[start.length * at + output] as number), sum),
    );
  const inputs = features.map((value) => value / 0.4);
  const hidden = layer(hiddenBias, hiddenWeights, inputs).map((sum) => Math.max(0, sum) / 0.8);
  const scores = layer(bias, weights, hidden);
  return Math.log(scores.reduce((total, score) => total + Math.exp(score), 0)) - (scores[target] as number);
}

test('a step moves every weight along the gradient of the loss', (t) => {
  const set = { matrix: dense([features]), targets: Int32Array.of(target), classes: 2 };
  const { member } = createNetwork(set, createRandom(1));
  // This `random` drops neither a feature nor a unit.
  const network = { ...createNetwork(set, createRandom(1)), random: () => 0.999 };
  learnRow(network, set, 0, 0.01);
  for (const name of ['hiddenBias', 'hiddenWeights', 'bias', 'weights'] as const) {
    network.member[name].forEach((weight, at) => {
      const start = member[name][at] as number;
      const lossAt = (value: number): number => loss({ ...member, [name]: member[name].with(at, value) });
      const gradient = (lossAt(start + 0.001) - lossAt(start - 0.001)) / 0.002;
      t.true(Math.abs((start - weight) / 0.01 - gradient) < 1e-3, `${name}[${at}]`);
    });
  }
});
