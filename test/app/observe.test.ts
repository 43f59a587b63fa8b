import { createServer } from 'node:http';
import test, { type ExecutionContext } from 'ava';
import express, { type Express } from 'express';
import type { Context } from '../../app/context.ts';
import { requestListener } from '../../app/http/listener.ts';
import { createMetrics } from '../../app/observe/metrics.ts';
import { observer } from '../../app/observe/observe.ts';
import { requestId } from '../../app/observe/request-id.ts';
import { Sampler } from '../../app/observe/sampler.ts';
import { continueTrace } from '../../app/observe/trace.ts';
import { readSettings } from '../../app/settings.ts';
import { listen } from '../support/servers.ts';
import { memoryLog } from './log.ts';
import { metricsOf, post, startTestService } from './service.ts';

test('a request is logged with its id and trace, without its text', async (t) => {
  const { lines, logger, hasLines } = memoryLog();
  const { url } = await startTestService(t, {}, logger);
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const response = await post(`${url}/predict`, { text: 'a secret' }, { 'X-Request-Id': 'abcdefgh', traceparent });
  await hasLines(1);
  const { time, milliseconds, spanId, ...rest } = lines[0] ?? {};
  t.deepEqual(rest, {
    level: 'info',
    requestId: 'abcdefgh',
    method: 'POST',
    route: '/predict',
    status: 200,
    client: '127.0.0.1',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    parentId: '00f067aa0ba902b7',
    flags: '01',
    msg: 'request',
  });
  t.is(response.headers.get('traceresponse'), `00-4bf92f3577b34da6a3ce929d0e0e4736-${spanId}-01`);
  t.true(Date.now() - Date.parse(time as string) < 10_000);
  t.is(typeof milliseconds, 'number');
});

test('texts are logged when the settings say so', async (t) => {
  const { values, logger, hasLines } = memoryLog();
  const { url } = await startTestService(t, { LOG_TEXT: 'yes' }, logger);
  await post(`${url}/predict`, { text: 'no secret' });
  await post(`${url}/predict/batch`, { texts: ['one', 2] });
  await hasLines(2);
  t.deepEqual(values('texts'), [[['no secret']], [['one']]]);
});

/** An application under an observer that logs so many requests per second; its address, log and metrics. */
async function observed(t: ExecutionContext, perSecond: string, addRoutes: (application: Express) => void) {
  const { values, logger, hasLines } = memoryLog();
  const metrics = createMetrics();
  const settings = readSettings({ LOG_REQUESTS_PER_SECOND: perSecond });
  const observe = observer({ settings, logger, metrics, isDraining: () => false } as Context);
  const application = express();
  addRoutes(application);
  const port = await listen(t, createServer(requestListener(application, observe, () => {})));
  return { url: `http://127.0.0.1:${port}`, values, hasLines, metrics };
}

test('requests over the log limit are counted instead of logged, except those with status 500', async (t) => {
  const { url, values, hasLines, metrics } = await observed(t, '0', (application) => {
    application.get('/:status', (request, response) => void response.writeHead(Number(request.params.status)).end());
  });
  for (const status of [200, 503, 500]) await fetch(`${url}/${status}`);
  await hasLines(1);
  t.deepEqual(values('level', 'route', 'status'), [['info', '/{status}', 500]]);
  t.regex(await metrics.registry.metrics(), /^intent_log_requests_unlogged_total 2$/m);
});

test('a failed probe is logged at info, and a client that disconnects counts as 499', async (t) => {
  const { url, values, hasLines, metrics } = await observed(t, '2', (application) => {
    application.get('/probe', (request, response) => {
      request.isProbe = true;
      response.writeHead(503, { Connection: 'close' }).end();
    });
    application.get('/never', (request) => void request.socket.destroy());
  });
  await fetch(`${url}/probe`);
  await t.throwsAsync(fetch(`${url}/never`));
  await hasLines(2);
  t.deepEqual(values('level', 'route', 'status'), [
    ['info', '/probe', 503],
    ['info', '/never', 499],
  ]);
  const closed = /^intent_http_requests_total\{method="GET",route="\/never",status="499"\} 1$/m;
  t.regex(await metrics.registry.metrics(), closed);
});

test('successful probes are logged at debug and do not count for the log limit of info', async (t) => {
  const ask = async (level: 'info' | 'debug', perSecond: string) => {
    const { values, logger, hasLines } = memoryLog(level);
    const { url } = await startTestService(t, { LOG_REQUESTS_PER_SECOND: perSecond }, logger);
    for (const path of ['/health', '/ready', '/v2/health/live', '/v2/models']) await fetch(`${url}${path}`);
    await hasLines(level === 'info' ? 1 : 4);
    return values('level', 'route');
  };
  const probes = ['/health', '/ready', '/v2/health/live'].map((route) => ['debug', route]);
  t.deepEqual(await ask('info', '1'), [['info', 'unknown']]);
  t.deepEqual(await ask('debug', '4'), [...probes, ['info', 'unknown']]);
});

test('a sampler passes a fixed number in each second', (t) => {
  let now = 1000;
  const sampler = new Sampler(2, () => now);
  t.deepEqual([sampler.pass(), sampler.pass(), sampler.pass()], [true, true, false]);
  now = 2000;
  t.deepEqual([sampler.pass(), sampler.pass(), sampler.pass()], [true, true, false]);
});

test('accepts well-formed request ids alone', (t) => {
  t.is(requestId('0123456789abcdef'), '0123456789abcdef');
  for (const bad of [undefined, '', 'short', 'with space', 'x'.repeat(65), '"quoted"', ['a-list-of', 'two-ids']]) {
    t.regex(requestId(bad), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test('continues well-formed traces alone', (t) => {
  const [trace, parent] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
  const { spanId, ...rest } = continueTrace(`00-${trace}-${parent}-00`) ?? {};
  t.deepEqual(rest, { traceId: trace, parentId: parent, flags: '00' });
  t.regex(spanId ?? '', /^[0-9a-f]{16}$/);
  const noTrace = `00-${'0'.repeat(32)}-${parent}-00`;
  const noParent = `00-${trace}-${'0'.repeat(16)}-00`;
  for (const bad of ['', `00-${trace}-${parent}`, `ff-${trace}-${parent}-00`, noTrace, noParent]) {
    t.is(continueTrace(bad), undefined);
  }
});

test('metrics are on their own listener, by route and status', async (t) => {
  const { url, service } = await startTestService(t, { METRICS_PORT: '0', RATE_LIMIT_REQUESTS: '3' });
  await post(`${url}/predict`, { text: 'Great service!' });
  await post(`${url}/predict`, { text: '' });
  await fetch(`${url}/v2/models/intent`);
  await fetch(`${url}/v2/models/intent`);
  await fetch(`${url}/not/there`);
  t.is((await fetch(`${url}/metrics`)).status, 404);
  const page = await metricsOf(service);
  const expected = [
    'intent_http_requests_total{method="POST",route="/predict",status="200"} 1',
    'intent_http_requests_total{method="POST",route="/predict",status="422"} 1',
    'intent_http_requests_total{method="GET",route="/v2/models/{model}",status="200"} 1',
    'intent_http_requests_total{method="GET",route="/v2/models/{model}",status="429"} 1',
    'intent_http_requests_total{method="GET",route="unknown",status="404"} 2',
    'intent_http_requests_rejected_total{reason="rate_limit"} 1',
    'intent_http_requests_in_flight 0',
    `intent_predictions_total{intent="praise",model="${service.modelVersion()}"} 1`,
    'intent_inference_duration_seconds_count 1',
    `intent_prediction_confidence_ratio_count{model="${service.modelVersion()}"} 1`,
    `intent_model_info{version="${service.modelVersion()}"} 1`,
    'intent_http_request_duration_seconds_count{route="/predict"} 2',
  ];
  for (const line of expected) t.true(page.split('\n').includes(line), line);
  t.regex(page, /^intent_http_request_duration_seconds_bucket\{le="0\.0001",route="\/predict"\} \d$/m);
  t.regex(page, /^nodejs_eventloop_lag_seconds /m);
  t.is((await fetch(`http://127.0.0.1:${service.metricsAddress?.port}`)).status, 404);
});
