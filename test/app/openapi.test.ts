import test from 'ava';
import { getJson, startTestService } from './service.ts';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
}

test('the document lists every path with the status that it answers', async (t) => {
  const { url } = await startTestService(t);
  const document = await getJson<Document>(`${url}/openapi.json`);
  t.is(document.openapi, '3.1.0');
  t.deepEqual(Object.keys(document.paths), [
    '/predict',
    '/predict/batch',
    '/health',
    '/ready',
    '/v2/models/{model}/infer',
    '/v2/models/{model}/ready',
    '/v2/models/{model}',
    '/v2/models/{model}/versions/{version}/infer',
    '/v2/models/{model}/versions/{version}/ready',
    '/v2/models/{model}/versions/{version}',
    '/v2',
    '/v2/health/live',
    '/v2/health/ready',
    '/model',
    '/',
    '/docs',
    '/docs/swagger-ui.css',
    '/docs/swagger-ui-bundle.js',
    '/openapi.json',
  ]);
  const statuses = ['200', '400', '408', '413', '415', '422', '429', '431', '500', '503'];
  t.deepEqual(Object.keys(document.paths['/predict']?.post?.responses ?? {}), statuses);
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((each) => each.operationId));
  t.is(new Set(ids).size, ids.length);
  for (const path of Object.keys(document.paths).filter((path) => document.paths[path]?.get)) {
    const response = await fetch(url + path.replace('{model}', 'intent'));
    t.true(String(response.status) in (document.paths[path]?.get?.responses ?? {}), `${path} ${response.status}`);
  }
});

test('every reference has its schema', async (t) => {
  const { url } = await startTestService(t);
  const text = await (await fetch(`${url}/openapi.json`)).text();
  const { components } = JSON.parse(text) as Document;
  const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference));
  t.true(references.has('#/components/schemas/Problem'));
  for (const reference of references)
    t.true((reference?.replace('#/components/schemas/', '') as string) in components.schemas, reference);
});

test('the document has the limits of the settings', async (t) => {
  const { url } = await startTestService(t, { TEXT_LIMIT_CHARACTERS: '7', BATCH_LIMIT_TEXTS: '3' });
  const { paths } = JSON.parse(await (await fetch(`${url}/openapi.json`)).text());
  const body = (path: string) => paths[path].post.requestBody.content['application/json'].schema.properties;
  t.is(body('/predict').text.maxLength, 7);
  t.is(body('/predict/batch').texts.maxItems, 3);
});
