import test from 'ava';
import { createRandom } from '../../../model/random.ts';
import { answersOf, calibrate, probabilitiesOf } from '../../../model/training/calibrate.ts';
import type { HeldOut } from '../../../model/training/held-out.ts';

// Draws the true classes from softmax(temperature x score): calibration must find that temperature.
function draw(temperature: number, members: number, count = 6000): HeldOut[] {
  const random = createRandom(9);
  return Array.from({ length: count }, () => {
    const scores = Float64Array.of(2 * random(), 2 * random());
    const odds = Math.exp(temperature * ((scores[0] as number) - (scores[1] as number)));
    const target = random() < odds / (1 + odds) ? 0 : 1;
    return { perMember: Array.from({ length: members }, () => scores), target, known: true };
  });
}

test('finds the temperature of the data', (t) => {
  for (const temperature of [0.5, 3]) {
    const { members, mixture } = calibrate(draw(temperature, 1));
    t.true(Math.abs((members[0] as number) / temperature - 1) < 0.1, `${members[0]} is not ${temperature}`);
    t.is(mixture, 1);
  }
});

test('few texts move the usual temperature of an algorithm little, many texts as if it were not given', (t) => {
  const temperatureOf = (count: number, usual?: number) => calibrate(draw(2, 1, count), usual).members[0] as number;
  t.true(temperatureOf(10, 5) > 3.5);
  t.true(Math.abs(temperatureOf(6000, 5) / temperatureOf(6000) - 1) < 0.02);
});

test('a few easy texts make no later answer certain', (t) => {
  const easy = Array.from({ length: 98 }, () => ({ perMember: [Float64Array.of(5, 0, 0)], target: 0, known: true }));
  const [first] = easy;
  const confidence = probabilitiesOf(first as HeldOut, calibrate(easy))[0] as number;
  t.is(Number(confidence.toFixed(3)), 0.99);
});

test('a mixture of equal members needs no further sharpening', (t) => {
  const { members, mixture } = calibrate(draw(2, 3));
  t.is(new Set(members).size, 1);
  t.true(Math.abs(mixture - 1) < 0.02);
});

test('a held-out answer is the best intent, refused where the out-of-scope class is likelier', (t) => {
  const calibration = { members: [1], mixture: 1 };
  const heldOut = [
    { perMember: [Float64Array.of(2, 1, 0)], target: 0, known: true },
    { perMember: [Float64Array.of(2, 1, 3)], target: 2, known: true },
  ];
  const [first, second] = heldOut.map((example) => probabilitiesOf(example, calibration)[0] as number);
  t.deepEqual(answersOf(heldOut, calibration, 2), [
    { confidence: first as number, right: true, outOfScope: false, refused: false },
    { confidence: second as number, right: false, outOfScope: true, refused: true },
  ]);
});
