import { X509Certificate } from 'node:crypto';
import { cp, readFile } from 'node:fs/promises';
import test from 'ava';
import { confidenceBounds } from '../../common/confidence-bounds.ts';
import { openArtifact } from '../../model/artifact/open.ts';
import { formatTwo } from '../model/artifact/format-2.ts';
import { makeCertificate } from '../support/certificates.ts';
import { parseExposition, valuesOf } from '../support/exposition.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { metricsOf, ownArtifact, post, startTestService, trainInto } from './service.ts';

const texts = { praise: 'Great service!', greeting: 'hello there', unknown: 'zzzz' };

/** A value for each bound and for `+Inf`, by series. */
function byBound(name: string, model: string, valueAt: (bound: number) => number): Record<string, number> {
  const bounds = [...confidenceBounds, Number.POSITIVE_INFINITY];
  const spelled = (bound: number) => (Number.isFinite(bound) ? String(bound) : '+Inf');
  return Object.fromEntries(
    bounds.map((bound) => [`${name}{le="${spelled(bound)}",model="${model}"}`, valueAt(bound)]),
  );
}

// The shares of the sixteen training texts up to each bound; all are below 0.8.
const shares: Record<number, number> = { 0.3: 0.0625, 0.4: 0.25, 0.5: 0.375, 0.6: 0.625, 0.7: 0.875 };

// Which buckets a duration falls into is not known.
const isMeasured = (series: string) => /_duration_seconds_(?:bucket|sum)/.test(series);

test('a service shows these metrics, with these values after three predictions', async (t) => {
  const folder = await ownArtifact(t);
  const { url, service } = await startTestService(t, { METRICS_PORT: '0', ARTIFACT: folder });
  const { predict } = await openArtifact(folder);
  const confidences = Object.values(texts).map((text) => predict(text).confidence);
  for (const text of Object.values(texts)) await post(`${url}/predict`, { text });
  const exposition = parseExposition(await metricsOf(service));
  const model = service.modelVersion();
  const upTo = (bound: number) => confidences.filter((confidence) => confidence <= bound).length;
  const ofIntents = (name: string, [complaint, greeting, praise, question, unknown]: number[]) =>
    Object.fromEntries(
      Object.entries({ complaint, greeting, praise, question, unknown }).map(([intent, value]) => [
        `${name}{intent="${intent}",model="${model}"}`,
        value,
      ]),
    );
  const measured = Object.entries(valuesOf(exposition, 'intent_')).filter(([series]) => !isMeasured(series));
  t.deepEqual(Object.fromEntries(measured) as object, {
    intent_http_requests_in_flight: 0,
    'intent_http_requests_total{method="POST",route="/predict",status="200"}': 3,
    'intent_http_request_duration_seconds_count{route="/predict"}': 3,
    [`intent_model_info{version="${model}"}`]: 1,
    ...ofIntents('intent_model_reference_intent_ratio', [0.125, 0.25, 0.25, 0.25, 0.125]),
    ...byBound('intent_model_reference_confidence_ratio', model, (bound) => (bound < 0.3 ? 0 : (shares[bound] ?? 1))),
    ...ofIntents('intent_predictions_total', [0, 1, 1, 0, 1]),
    intent_inference_duration_seconds_count: 3,
    ...byBound('intent_prediction_confidence_ratio_bucket', model, upTo),
    [`intent_prediction_confidence_ratio_sum{model="${model}"}`]: confidences.reduce((sum, value) => sum + value),
    [`intent_prediction_confidence_ratio_count{model="${model}"}`]: 3,
    intent_log_requests_unlogged_total: 0,
  });
  const ours = Object.entries(exposition.types).filter(([name]) => name.startsWith('intent_'));
  t.deepEqual(Object.fromEntries(ours), {
    intent_api_key_requests_total: 'counter',
    intent_api_keys: 'gauge',
    intent_api_keys_read_timestamp_seconds: 'gauge',
    intent_http_requests_in_flight: 'gauge',
    intent_http_requests_total: 'counter',
    intent_http_request_duration_seconds: 'histogram',
    intent_model_info: 'gauge',
    intent_model_reference_intent_ratio: 'gauge',
    intent_model_reference_confidence_ratio: 'gauge',
    intent_predictions_total: 'counter',
    intent_inference_duration_seconds: 'histogram',
    intent_prediction_confidence_ratio: 'histogram',
    intent_tls_certificate_expiry_timestamp_seconds: 'gauge',
    intent_http_requests_rejected_total: 'counter',
    intent_log_requests_unlogged_total: 'counter',
    intent_reloads_total: 'counter',
    intent_shadow_copies_total: 'counter',
  });
});

const ofModels = ['intent_model_', 'intent_prediction'];

/** The versions that series of the models have. */
function modelsIn(page: string): Set<string | undefined> {
  const series = Object.keys(valuesOf(parseExposition(page), ...ofModels));
  return new Set(series.map((name) => /(?:model|version)="(\w+)"/.exec(name)?.[1]));
}

test('after a reload only the new model is there, with counts from 0; the same model goes on counting', async (t) => {
  const served = await ownArtifact(t);
  const { url, service } = await startTestService(t, { METRICS_PORT: '0', ARTIFACT: served });
  await post(`${url}/predict`, { text: texts.praise });
  const before = service.modelVersion();
  await service.reload();
  const page = await metricsOf(service);
  t.deepEqual(modelsIn(page), new Set([before]));
  t.is(parseExposition(page).values[`intent_predictions_total{intent="praise",model="${before}"}`], 1);
  const other = await temporaryFolder(t);
  await trainInto(other, { threshold: 0.99 });
  await cp(other, served, { recursive: true });
  await service.reload();
  const after = service.modelVersion();
  t.not(after, before);
  const next = await metricsOf(service);
  t.deepEqual(modelsIn(next), new Set([after]));
  const counts = Object.values(valuesOf(parseExposition(next), 'intent_predictions_total', 'intent_prediction_conf'));
  t.deepEqual(counts, Array(5 + 13 + 2).fill(0));
});

test('an artifact of an older format has no reference, and counts all the same', async (t) => {
  const { url, service } = await startTestService(t, { METRICS_PORT: '0', ARTIFACT: formatTwo });
  await post(`${url}/predict`, { text: 'hello' });
  const exposition = parseExposition(await metricsOf(service));
  t.deepEqual(valuesOf(exposition, 'intent_model_reference'), {});
  const model = service.modelVersion();
  t.deepEqual(valuesOf(exposition, 'intent_predictions_total'), {
    [`intent_predictions_total{intent="greeting",model="${model}"}`]: 1,
    [`intent_predictions_total{intent="praise",model="${model}"}`]: 0,
    [`intent_predictions_total{intent="unknown",model="${model}"}`]: 0,
  });
});

test('the expiry of the certificate is that of the one that is served', async (t) => {
  const folder = await temporaryFolder(t);
  const [short, long] = [
    await makeCertificate(folder, 'short'),
    await makeCertificate(folder, 'long', ['DNS:long'], 9),
  ];
  const served = await makeCertificate(folder, 'served');
  const environment = { METRICS_PORT: '0', TLS_CERTIFICATE: served.certificate, TLS_KEY: served.key };
  const { service } = await startTestService(t, environment);
  const expiry = async () => valuesOf(parseExposition(await metricsOf(service)), 'intent_tls_');
  for (const { certificate, key } of [short, long]) {
    await cp(certificate, served.certificate);
    await cp(key, served.key);
    await service.reload();
    const seconds = new X509Certificate(await readFile(certificate)).validToDate.getTime() / 1000;
    t.deepEqual(await expiry(), { intent_tls_certificate_expiry_timestamp_seconds: seconds });
  }
  const plain = await startTestService(t, { METRICS_PORT: '0' });
  t.deepEqual(valuesOf(parseExposition(await metricsOf(plain.service)), 'intent_tls_'), {});
});
