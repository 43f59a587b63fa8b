import { writeFile } from 'node:fs/promises';
import test from 'ava';
import { memoryLog } from '../log.ts';
import { getJson, metricsOf, post, problemOf, startTestService, statusAndJson } from '../service.ts';
import { bearer, keysFile, makeKey, writeKeys } from './keys.ts';

const needed = 'An API key is needed';

test('without a key, with a foreign, a revoked or a malformed one, nothing is classified', async (t) => {
  const [web, foreign] = [makeKey('web'), makeKey('foreign')];
  const { url } = await startTestService(t, { API_KEYS: await keysFile(t, [web.named]) });
  const missing = problemOf('unauthorized', 401, needed, 'Send an API key in the header: Authorization: Bearer ifk_….');
  const refused = problemOf('unauthorized', 401, needed, 'The API key is not known here, or it has been revoked.');
  for (const path of ['/predict', '/predict/batch'])
    t.deepEqual(await statusAndJson(post(url + path, { text: 'hi' })), [401, missing]);
  const tensor = await statusAndJson(post(`${url}/v2/models/intent/infer`, {}));
  t.deepEqual(tensor, [401, { ...missing, error: missing.detail }]);
  for (const value of [`Bearer ${foreign.text}`, 'Bearer', 'Bearer x', `Basic ${web.text}`, `Bearer ${web.text},x`]) {
    const answer = await post(`${url}/predict`, { text: 'hi' }, { Authorization: value });
    t.is(answer.headers.get('www-authenticate'), 'Bearer realm="intent-fleet", error="invalid_token"');
    t.deepEqual([answer.status, await answer.json()], [401, refused]);
  }
  const unasked = await post(`${url}/predict`, { text: 'hi' });
  t.is(unasked.headers.get('www-authenticate'), 'Bearer realm="intent-fleet"');
  for (const path of ['/health', '/ready', '/v2/health/ready', '/v2/models/intent/ready', '/', '/openapi.json'])
    t.is((await fetch(url + path)).status, 200, path);
  t.is((await fetch(`${url}/v2/models/intent`)).status, 401);
});

test('with a key of the scope everything is classified; with one of another scope, nothing', async (t) => {
  const [web, feedback] = [makeKey('web'), makeKey('crm', { scopes: ['feedback'] })];
  const { url } = await startTestService(t, { API_KEYS: await keysFile(t, [web.named, feedback.named]) });
  for (const header of [bearer(web.text), { authorization: `bearer  ${web.text} ` }])
    t.is((await post(`${url}/predict`, { text: 'hi' }, header)).status, 200);
  t.is((await post(`${url}/predict/batch`, { texts: ['hi'] }, bearer(web.text))).status, 200);
  t.is((await fetch(`${url}/v2/models/intent`, { headers: bearer(web.text) })).status, 200);
  const answer = await post(`${url}/predict`, { text: 'hi' }, bearer(feedback.text));
  const detail = 'The API key has no scope predict.';
  t.deepEqual(
    [answer.status, await answer.json()],
    [403, problemOf('forbidden', 403, 'The API key may not do this', detail)],
  );
  t.is(
    answer.headers.get('www-authenticate'),
    'Bearer realm="intent-fleet", error="insufficient_scope", scope="predict"',
  );
});

test('each key has a rate limit of its own, and who tries keys has that of the address', async (t) => {
  const [web, shop] = [makeKey('web'), makeKey('shop')];
  const environment = { API_KEYS: await keysFile(t, [web.named, shop.named]), RATE_LIMIT_REQUESTS: '2' };
  const { url } = await startTestService(t, environment);
  const statusesOf = async (text: string) => {
    const statuses = [];
    for (let request = 0; request < 3; request += 1)
      statuses.push((await post(`${url}/predict`, { text: 'hi' }, bearer(text))).status);
    return statuses;
  };
  t.deepEqual(await statusesOf(web.text), [200, 200, 429]);
  t.deepEqual(await statusesOf(shop.text), [200, 200, 429]);
  t.deepEqual(await statusesOf(makeKey('foreign').text), [401, 401, 429]);
  t.deepEqual(await statusesOf(makeKey('another').text), [429, 429, 429]);
});

test('keys that are added or revoked are so a moment later; a damaged file is refused and says so at /ready', async (t) => {
  const [web, shop] = [makeKey('web'), makeKey('shop')];
  const path = await keysFile(t, [web.named]);
  const { url, service } = await startTestService(t, { API_KEYS: path });
  const statuses = async () => {
    const answers = [web, shop].map(({ text }) => post(`${url}/predict`, { text: 'hi' }, bearer(text)));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  const until = async (expected: number[]) => {
    while (String(await statuses()) !== String(expected)) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  t.deepEqual(await statuses(), [200, 401]);
  await writeKeys(path, [web.named, shop.named]);
  await until([200, 200]);
  await writeKeys(path, [shop.named]);
  await until([401, 200]);
  await writeFile(path, 'rubbish');
  await service.reload();
  t.deepEqual(await statuses(), [401, 200]);
  const { refused } = await getJson<{ refused: { keys: { reason: string } } }>(`${url}/ready`);
  t.regex(refused.keys.reason, /not a list of API keys/);
});

test("a key's name is in logs and metrics, never the key", async (t) => {
  const web = makeKey('web');
  const readAt = new Date('2026-11-30T12:00:00Z');
  const environment = { API_KEYS: await keysFile(t, [web.named], readAt), METRICS_PORT: '0' };
  const log = memoryLog();
  const { url, service } = await startTestService(t, environment, log.logger);
  await post(`${url}/predict`, { text: 'hi' }, bearer(web.text));
  await post(`${url}/predict`, { text: 'hi' }, bearer(makeKey('foreign').text));
  const page = await metricsOf(service);
  t.deepEqual(page.match(/^intent_api_key.*$/gm), [
    'intent_api_key_requests_total{key="web"} 1',
    'intent_api_keys 1',
    `intent_api_keys_read_timestamp_seconds ${readAt.getTime() / 1000}`,
  ]);
  t.deepEqual(page.match(/^intent_http_requests_rejected_total.*$/gm), [
    'intent_http_requests_rejected_total{reason="no_key"} 1',
  ]);
  await log.hasLines(2);
  t.deepEqual(log.values('msg', 'status', 'key'), [
    ['request', 200, 'web'],
    ['request', 401, undefined],
  ]);
  t.false(JSON.stringify(log.lines).includes('ifk_'));
});

test('the document says which operations need a key, where keys are asked for', async (t) => {
  interface Document {
    paths: Record<string, Record<string, { security?: unknown; responses: Record<string, unknown> }>>;
    components: { securitySchemes?: Record<string, { type: string; scheme: string }> };
  }
  const { url } = await startTestService(t, { API_KEYS: await keysFile(t, []) });
  const { paths, components } = await getJson<Document>(`${url}/openapi.json`);
  const needing = Object.entries(paths).filter(([, path]) => Object.values(path).some(({ security }) => security));
  t.deepEqual(
    needing.map(([path]) => path),
    [
      '/predict',
      '/predict/batch',
      '/v2/models/{model}/infer',
      '/v2/models/{model}',
      '/v2/models/{model}/versions/{version}/infer',
      '/v2/models/{model}/versions/{version}',
      '/model',
    ],
  );
  const { type, scheme } = components.securitySchemes?.apiKey ?? {};
  t.deepEqual([type, scheme], ['http', 'bearer']);
  t.true('401' in (paths['/predict']?.post?.responses ?? {}) && '403' in (paths['/predict']?.post?.responses ?? {}));
  const open = await startTestService(t);
  const document = await (await fetch(`${open.url}/openapi.json`)).text();
  t.notRegex(document, /security|"401"|"403"/);
});
