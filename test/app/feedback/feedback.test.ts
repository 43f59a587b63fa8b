import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { Spool } from '../../../app/feedback/spool.ts';
import { PredictionIds } from '../../../common/feedback/prediction-id.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { bearer, keysFile, makeKey } from '../access/keys.ts';
import { getJson, post, problemOf, startTestService, statusAndJson } from '../service.ts';
import { feedbackFolder, key, release } from './folder.ts';

/** A service that takes feedback, and a function that reads what waits to be stored. */
async function withFeedback(t: ExecutionContext, others: Record<string, string> = {}) {
  const { environment, kept } = await feedbackFolder(t);
  const { url } = await startTestService(t, { ...environment, ...others });
  const predict = async (text: string) =>
    (await (await post(`${url}/predict`, { text })).json()) as { id: string; intent: string };
  const send = (body: object, headers = {}) => statusAndJson(post(`${url}/feedback`, body, headers));
  return { url, kept, predict, send };
}

test('each prediction has an id, and feedback on it waits to be stored, without its text', async (t) => {
  const { url, kept, predict, send } = await withFeedback(t);
  const { id, intent: predicted } = await predict('Great service!');
  t.deepEqual(await send({ id, intent: 'question', text: 'Great service!' }), [
    200,
    { status: 'accepted', predicted, intent: 'question' },
  ]);
  const [{ prediction, predictedAt, receivedAt, ...record } = {} as never, ...others] = await kept();
  t.deepEqual([record, others], [{ release, predicted, intent: 'question' }, []]);
  t.regex(prediction, /^[0-9a-f]{24}$/);
  t.true(Date.parse(receivedAt) - Date.parse(predictedAt) < 10_000);
  const batch = (await (await post(`${url}/predict/batch`, { texts: ['hi', '', 'bye'] })).json()) as {
    results: { id?: string }[];
  };
  t.deepEqual(
    batch.results.map((result) => result.id !== undefined),
    [true, false, true],
  );
});

test('of several feedbacks on one prediction the first counts, also of those that come at once', async (t) => {
  const { kept, predict, send } = await withFeedback(t);
  const { id } = await predict('Great service!');
  const answers = await Promise.all(['praise', 'praise', 'praise', 'praise'].map((intent) => send({ id, intent })));
  t.deepEqual(answers.map(([, body]) => (body as { status: string }).status).sort(), [
    'accepted',
    'known',
    'known',
    'known',
  ]);
  t.is(((await send({ id, intent: 'question' }))[1] as { status: string }).status, 'known');
  t.deepEqual(
    (await kept()).map(({ intent }) => intent),
    ['praise'],
  );
});

test('forged, foreign and old ids are refused and keep nothing', async (t) => {
  const { kept, predict, send } = await withFeedback(t, { FEEDBACK_DAYS: '30' });
  const { id } = await predict('Great service!');
  const days = (count: number) => Date.now() - count * 86_400_000;
  const ids = new PredictionIds(key);
  const wrong: [id: string, detail: string][] = [
    [`${id.slice(0, -2)}AA`, 'expected the id of a prediction of this service'],
    ['rubbish', 'expected the id of a prediction of this service'],
    [new PredictionIds(Buffer.alloc(32)).sign(release, 'praise'), 'expected the id of a prediction of this service'],
    [ids.sign(release, 'praise', days(31)), 'expected the id of a prediction of the last 30 days'],
  ];
  for (const [value, detail] of wrong) {
    const problem = problemOf('invalid-content', 422, 'The content is not as documented', `/id: ${detail}.`);
    t.deepEqual(await send({ id: value, intent: 'praise' }), [
      422,
      { ...problem, errors: [{ detail, pointer: '/id' }] },
    ]);
  }
  for (const body of [{}, { id }, { id, intent: ' ' }, { id, intent: 'x'.repeat(201) }, { id, intent: 'a', other: 1 }])
    t.is((await send(body))[0], 422);
  t.deepEqual(await kept(), []);
  t.is((await send({ id: ids.sign(release, 'praise', days(29)), intent: 'praise' }))[0], 200);
});

test('a text is kept where the owner keeps texts', async (t) => {
  const { kept, predict, send } = await withFeedback(t, { FEEDBACK_TEXTS: 'yes' });
  const { id } = await predict('Great service!');
  await send({ id, intent: 'praise', text: 'Great service!' });
  t.deepEqual(
    (await kept()).map(({ text }) => text),
    ['Great service!'],
  );
});

test('where API keys are asked for, feedback needs one of its scope, whose name it keeps', async (t) => {
  const [web, crm] = [makeKey('web'), makeKey('crm', { scopes: ['predict', 'feedback'] })];
  const { url, kept, send } = await withFeedback(t, { API_KEYS: await keysFile(t, [web.named, crm.named]) });
  const answer = await post(`${url}/predict`, { text: 'hi' }, bearer(web.text));
  const { id } = (await answer.json()) as { id: string };
  t.is((await send({ id, intent: 'greeting' }))[0], 401);
  t.is((await send({ id, intent: 'greeting' }, bearer(web.text)))[0], 403);
  t.is((await send({ id, intent: 'greeting' }, bearer(crm.text)))[0], 200);
  t.deepEqual(
    (await kept()).map(({ key: name }) => name),
    ['crm'],
  );
});

test('without a key for ids there is no feedback, and predictions have no id', async (t) => {
  const { url } = await startTestService(t);
  t.is((await post(`${url}/feedback`, { id: 'x', intent: 'y' })).status, 404);
  t.false('id' in ((await (await post(`${url}/predict`, { text: 'hi' })).json()) as object));
  const { paths } = await getJson<{ paths: object }>(`${url}/openapi.json`);
  t.false('/feedback' in paths);
});

test('a full folder is a problem that passes', async (t) => {
  const folder = await temporaryFolder(t);
  await Promise.all(Array.from({ length: 10_000 }, (_, index) => writeFile(join(folder, `${index}`), '')));
  const record = {
    ...{ prediction: '0'.repeat(24), predictedAt: '2026-05-01T10:00:00.000Z', receivedAt: '2026-05-01T10:00:00.000Z' },
    ...{ release, predicted: 'praise', intent: 'praise' },
  };
  t.is(await new Spool(folder).add(record), 'full');
});
