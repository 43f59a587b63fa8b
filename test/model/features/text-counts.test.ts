import test from 'ava';
import { TextCounts } from '../../../model/features/text-counts.ts';
import { createRandom } from '../../../model/random.ts';

test('hashes are counted once for each text, however many there are', (t) => {
  const random = createRandom(3);
  const counts = new TextCounts();
  const expected = new Map<number, Set<number>>();
  for (let text = 0; text < 50; text += 1) {
    for (let occurrence = 0; occurrence < 400; occurrence += 1) {
      const hash = Math.floor(random() ** 3 * 8000) - 1000;
      counts.add(hash, text);
      expected.set(hash, (expected.get(hash) ?? new Set()).add(text));
    }
  }
  const frequent = [...expected].filter(([, texts]) => texts.size >= 3).sort(([one], [other]) => one - other);
  t.true(expected.size > 4000);
  const { hashes, counts: texts } = counts.frequent(3);
  t.deepEqual(
    [...hashes].map((hash, at) => [hash, texts[at]]),
    frequent.map(([hash, { size }]) => [hash, size]),
  );
});

test('zero is a hash, and the first text has the number zero', (t) => {
  const counts = new TextCounts();
  counts.add(0, 0);
  counts.add(0, 0);
  counts.add(-8, 1);
  t.deepEqual(counts.frequent(1), { hashes: Int32Array.of(-8, 0), counts: Int32Array.of(1, 1) });
  t.deepEqual(new TextCounts().frequent(1), { hashes: new Int32Array(), counts: new Int32Array() });
});
