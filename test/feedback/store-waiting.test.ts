import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { FeedbackRecord } from '../../common/feedback/record.ts';
import { FeedbackCounts } from '../../feedback/counts.ts';
import { storeWaiting } from '../../feedback/store-waiting.ts';
import { parseExposition, valuesOf } from '../support/exposition.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function record(digit: string, intent: string): FeedbackRecord {
  return {
    ...{
      prediction: digit.repeat(24),
      predictedAt: '2026-05-01T10:00:00.000Z',
      receivedAt: '2026-05-02T11:00:00.000Z',
    },
    ...{ release: '0123456789abcdef', predicted: 'praise', intent },
  };
}

/** A folder in which feedback waits, and a bucket in memory that has objects of these keys already. */
async function given(t: ExecutionContext, records: readonly FeedbackRecord[], ...stored: string[]) {
  const folder = await temporaryFolder(t);
  for (const one of records) await writeFile(join(folder, `${one.prediction}.json`), `${JSON.stringify(one)}\n`);
  const objects = new Map(stored.map((key) => [key, 'of another machine']));
  const create = async (key: string, body: string) => {
    if (objects.has(key)) return 'exists' as const;
    objects.set(key, body);
    return 'made' as const;
  };
  const counts = new FeedbackCounts();
  const said: string[] = [];
  const store = (bucket = { create }) => storeWaiting({ folder, bucket, counts, report: (line) => said.push(line) });
  const counted = async () => valuesOf(parseExposition(await counts.exposition()), 'intent_feedback_total');
  return { folder, objects, said, store, counted };
}

const right = 'intent_feedback_total{answered_by="0123456789abcdef",intent="praise",outcome="right"}';
const wrong = 'intent_feedback_total{answered_by="0123456789abcdef",intent="praise",outcome="wrong"}';

test('what waits becomes an object for each prediction, is counted, and waits no more', async (t) => {
  const records = [record('1', 'praise'), record('2', 'question'), record('3', 'praise')];
  const { folder, objects, said, store, counted } = await given(t, records);
  await store();
  t.deepEqual(
    [...objects].sort(),
    records.map((one) => [`feedback/2026-05-01/${one.prediction}.json`, `${JSON.stringify(one)}\n`]),
  );
  t.deepEqual(await counted(), { [right]: 2, [wrong]: 1 });
  t.deepEqual([await readdir(folder), said], [[], []]);
});

test('feedback on a prediction that has one in the bucket changes nothing', async (t) => {
  const key = `feedback/2026-05-01/${'1'.repeat(24)}.json`;
  const { folder, objects, store, counted } = await given(t, [record('1', 'question')], key);
  await store();
  t.deepEqual([...objects], [[key, 'of another machine']]);
  t.deepEqual([await counted(), await readdir(folder)], [{}, []]);
});

test('where the bucket does not take it, it waits', async (t) => {
  const { folder, store, counted } = await given(t, [record('1', 'praise')]);
  await t.throwsAsync(store({ create: async () => Promise.reject(new Error('SlowDown')) }), { message: 'SlowDown' });
  t.deepEqual(await readdir(folder), [`${'1'.repeat(24)}.json`]);
  await store();
  t.deepEqual([await readdir(folder), await counted()], [[], { [right]: 1 }]);
});

test('a file that is no feedback is removed and named; a draft is left alone for a minute', async (t) => {
  const { folder, objects, said, store } = await given(t, []);
  await writeFile(join(folder, 'x.json'), 'rubbish');
  await writeFile(join(folder, '.draft'), '{');
  await writeFile(join(folder, '.abandoned'), '{');
  const earlier = new Date(Date.now() - 61_000);
  await utimes(join(folder, '.abandoned'), earlier, earlier);
  await store();
  t.deepEqual([await readdir(folder), [...objects]], [['.draft'], []]);
  t.deepEqual(said, [`${join(folder, 'x.json')}: expected a feedback, got something else; it is removed`]);
});
