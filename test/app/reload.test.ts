import { cp, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { openArtifact } from '../../model/artifact/open.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startLoad } from './load.ts';
import { getJson, metricsOf, ownArtifact, post, startTestService, trainInto } from './service.ts';

test('a reload under load: every answer is from one of the models', async (t) => {
  const [one, two] = [await ownArtifact(t), await temporaryFolder(t)];
  await trainInto(two, { threshold: 0.99 });
  const served = await temporaryFolder(t);
  await cp(one, served, { recursive: true });
  const environment = { ARTIFACT: served, RATE_LIMIT_REQUESTS: '0', METRICS_PORT: '0' };
  const { url, service } = await startTestService(t, environment);
  const text = 'hey, can you say how long this takes?';
  const expected = new Set<string>();
  for (const folder of [one, two]) {
    const model = await openArtifact(folder);
    expected.add(JSON.stringify({ ...model.predict(text, { top: 3 }), model: model.manifest.version }));
  }
  t.is(expected.size, 2);
  const load = startLoad(Array(8).fill(async () => (await post(`${url}/predict`, { text })).text()));
  for (const folder of [two, one, two, one, two]) {
    await cp(folder, served, { recursive: true });
    await service.reload();
  }
  await load.stop();
  t.deepEqual(new Set(load.outcomes.keys()), expected);
  const page = await metricsOf(service);
  t.deepEqual(page.match(/^intent_model_info.*$/gm), [`intent_model_info{version="${service.modelVersion()}"} 1`]);
});

test('refuses a damaged model and keeps the old one, reports it at /ready, and loads a valid one again', async (t) => {
  const folder = await ownArtifact(t);
  const good = await ownArtifact(t);
  const { url, service } = await startTestService(t, { ARTIFACT: folder });
  const version = service.modelVersion();
  await truncate(join(folder, 'weights.bin'), 100);
  await service.reload();
  const { refused } = await getJson<{ refused: { model: { at: string; reason: string } } }>(`${url}/ready`);
  t.is(service.modelVersion(), version);
  t.regex(refused.model.reason, /weights\.bin: expected SHA-256/);
  t.true(Date.now() - Date.parse(refused.model.at) < 10_000);
  t.is((await post(`${url}/predict`, { text: 'hi' })).status, 200);
  await cp(good, folder, { recursive: true });
  await service.reload();
  t.deepEqual(await getJson(`${url}/ready`), { status: 'ready', model: version });
});
