import test from 'ava';
import { MlflowError } from '../../../mlflow/error.ts';
import { LiveSender } from '../../../tracking/mlflow/live.ts';

const unreachable = new MlflowError('https://mlflow: no answer', {});
const refused = new MlflowError('https://mlflow: wrong', { status: 400, code: 'INVALID_PARAMETER_VALUE' });

function sender(send: (folder: string) => Promise<unknown>, pause = 60_000) {
  const warnings: string[] = [];
  const end = new AbortController();
  return { live: new LiveSender({ send, end, pause, warn: (sentence) => warnings.push(sentence) }), warnings, end };
}

test('what is written while a run is sent is sent once afterwards', async (t) => {
  const sent: string[] = [];
  const first = Promise.withResolvers<void>();
  const { live, warnings } = sender(async (folder) => {
    sent.push(folder);
    await first.promise;
  });
  for (const folder of ['a', 'a', 'b', 'a']) live.notify(folder);
  first.resolve();
  t.true(await live.finish());
  t.deepEqual(sent, ['a', 'a', 'b']);
  t.deepEqual(warnings, []);
});

test('a server that is not reached is said once, and asked again at the end', async (t) => {
  const sent: string[] = [];
  let isDown = true;
  const { live, warnings } = sender(async (folder) => {
    sent.push(folder);
    if (isDown) throw unreachable;
  });
  live.notify('a');
  await new Promise(setImmediate);
  live.notify('b');
  live.notify('c');
  t.deepEqual(sent, ['a']);
  t.false(await live.finish());
  t.deepEqual(warnings, [
    'MLflow has not got everything (make sync-experiments sends the rest later): https://mlflow: no answer',
  ]);
  isDown = false;
  t.true(await live.finish());
  t.is(warnings.length, 1);
});

test('after a pause, a server that has failed is asked again', async (t) => {
  let attempts = 0;
  const { live } = sender(async () => {
    attempts += 1;
    if (attempts === 1) throw unreachable;
  }, 0);
  live.notify('a');
  await new Promise(setImmediate);
  live.notify('a');
  await new Promise(setImmediate);
  t.is(attempts, 2);
  t.true(await live.finish());
});

test('a run that is refused stops no other one', async (t) => {
  const sent: string[] = [];
  const { live } = sender(async (folder) => {
    if (folder === 'a') throw refused;
    sent.push(folder);
  });
  for (const folder of ['a', 'b', 'c']) live.notify(folder);
  t.false(await live.finish());
  t.deepEqual(sent, ['b', 'c']);
});

test('the end does not wait longer than it is told', async (t) => {
  const { live, warnings, end } = sender(
    () => new Promise((_, reject) => end.signal.addEventListener('abort', () => reject(end.signal.reason))),
  );
  live.notify('a');
  t.false(await live.finish(20));
  t.deepEqual(warnings, [
    'MLflow has not got everything (make sync-experiments sends the rest later): it takes longer than 0.02 s',
  ]);
});
