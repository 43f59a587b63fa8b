import test from 'ava';
import type { PartResult } from '../../experiments/cross-validate.ts';
import { measureInThread } from '../../experiments/thread.ts';
import type { WorkerStart } from '../../experiments/worker.ts';
import type { ModelSettings } from '../../model/settings.ts';
import { smallSet } from '../model/texts.ts';
import { datasetOf, settingsWith } from '../model/trained.ts';

const parts = [0, 1].map((fold) => ({ fold, share: 1 }));
const never = new AbortController().signal;
const small = { train: datasetOf(smallSet), settings: settingsWith(), folds: 2, parts };

// natural's Bayes takes minutes for these, and never yields.
const endless: WorkerStart = {
  ...small,
  train: datasetOf(
    Array.from({ length: 20_000 }, (_, at) => ({
      text: `word${at} other${at} last${at}`,
      intent: at % 2 ? 'a' : 'b',
      line: at,
    })),
  ),
  settings: settingsWith({ algorithm: 'bayes' }) as ModelSettings,
};

test('tells each result and the end', async (t) => {
  const results: PartResult[] = [];
  const end = await measureInThread(small, 30, async (result) => void results.push(result), never);
  t.deepEqual(end, { outcome: 'finished' });
  t.deepEqual(
    results.map(({ fold, texts }) => [fold, texts]),
    [
      [0, 8],
      [1, 8],
    ],
  );
});

test('stops what takes longer than its seconds, although it never yields', async (t) => {
  t.deepEqual(await measureInThread(endless, 1.5, async () => t.fail(), never), { outcome: 'stopped' });
});

test('tells why data are refused', async (t) => {
  const train = datasetOf(smallSet.filter(({ intent }) => intent === 'praise'));
  t.deepEqual(await measureInThread({ ...small, train }, 30, async () => t.fail(), never), {
    outcome: 'refused',
    reason: 'small.csv: expected at least 2 intents, got 1 (praise); add another',
  });
});

test('is interrupted by a signal, before it begins and while it runs', async (t) => {
  const reason = new Error('interrupted');
  await t.throwsAsync(
    measureInThread(small, 30, async () => t.fail(), AbortSignal.abort(reason)),
    { is: reason },
  );
  const end = new AbortController();
  const running = measureInThread(endless, 30, async () => t.fail(), end.signal);
  setTimeout(() => end.abort(reason), 500);
  await t.throwsAsync(running, { is: reason });
});

test('a result that cannot be kept ends it with that error', async (t) => {
  const full = new Error('ENOSPC');
  await t.throwsAsync(
    measureInThread(small, 30, () => Promise.reject(full), never),
    { is: full },
  );
});
