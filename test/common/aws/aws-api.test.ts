import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { AwsApi, type AwsService, cloudWatch, cloudWatchLogs } from '../../../common/aws/aws-api.ts';
import { ServiceError } from '../../../common/aws/signed-requests.ts';
import { authenticate } from '../../../rehearsal/gateway/authenticate.ts';
import { listen } from '../../support/servers.ts';

const key = { accessKeyId: 'ASIA0123', secretAccessKey: 'the-secret', sessionToken: 'the-token' };

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** An endpoint with an answer for each call; it records actions, inputs, signing dates, and whether the signature is right. */
async function endpoint(t: ExecutionContext, answers: Answer[], service: AwsService = cloudWatchLogs) {
  const calls: object[] = [];
  const dates: string[] = [];
  const types: unknown[] = [];
  const server = createServer(async (request, response) => {
    const { fault, body } = { body: undefined, ...(await authenticate(request, () => key)) };
    const input = body === undefined ? await json(request) : JSON.parse(String(body));
    calls.push({ target: request.headers['x-amz-target'], input, fault });
    types.push(request.headers['content-type']);
    dates.push(String(request.headers['x-amz-date']));
    const { status = 200, headers = {}, body: text = '{}' } = answers.shift() ?? {};
    response.writeHead(status, headers).end(text);
  });
  let forgotten = 0;
  const credentials = {
    get: async () => ({ ...key, expiration: new Date(8.64e15) }),
    forget: () => void forgotten++,
  };
  const url = `http://127.0.0.1:${await listen(t, server)}`;
  const api = new AwsApi({ service, endpoint: url, region: 'eu-central-1', credentials });
  return { api, calls, dates, types, forgotten: () => forgotten };
}

test('a call is signed by the role, and returns what was answered', async (t) => {
  const { api, calls } = await endpoint(t, [{ body: '{"nextSequenceToken":"1"}' }, { body: '' }]);
  t.deepEqual(await api.call('PutLogEvents', { logEvents: [{ message: 'ü' }] }), { nextSequenceToken: '1' });
  t.deepEqual(await api.call('CreateLogStream', {}), {});
  t.deepEqual(calls, [
    { target: 'Logs_20140328.PutLogEvents', input: { logEvents: [{ message: 'ü' }] }, fault: undefined },
    { target: 'Logs_20140328.CreateLogStream', input: {}, fault: undefined },
  ]);
});

test('each service is called by its own protocol', async (t) => {
  const logs = await endpoint(t, []);
  await logs.api.call('PutLogEvents', {});
  t.deepEqual(logs.types, ['application/x-amz-json-1.1']);
  const metrics = await endpoint(t, [], cloudWatch);
  await metrics.api.call('PutMetricData', {});
  t.deepEqual(metrics.types, ['application/x-amz-json-1.0']);
  t.deepEqual(metrics.calls, [{ target: 'GraniteServiceVersion20100801.PutMetricData', input: {}, fault: undefined }]);
});

const errors: [name: string, answer: Answer, code: string, message: string][] = [
  [
    'in the body',
    { body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' },
    'ThrottlingException',
    'ThrottlingException: Rate exceeded',
  ],
  [
    'in the body, with its name space',
    { body: '{"__type":"com.amazonaws.logs#InvalidParameterException","Message":"no"}' },
    'InvalidParameterException',
    'InvalidParameterException: no',
  ],
  [
    'in a header',
    { headers: { 'x-amzn-errortype': 'ResourceNotFoundException:http://a' }, body: '{}' },
    'ResourceNotFoundException',
    'ResourceNotFoundException',
  ],
  ['of a proxy between', { body: '<html>Bad gateway</html>' }, 'status 400', 'status 400'],
];

for (const [name, answer, code, message] of errors) {
  test(`an error has a code ${name}`, async (t) => {
    const { api } = await endpoint(t, [{ status: 400, ...answer }]);
    const error = await t.throwsAsync(api.call('PutLogEvents', {}), { instanceOf: ServiceError, message });
    t.is(error?.code, code);
  });
}

test('credentials that have expired are forgotten', async (t) => {
  const { api, forgotten } = await endpoint(t, [{ status: 400, body: '{"__type":"ExpiredTokenException"}' }]);
  await t.throwsAsync(api.call('PutLogEvents', {}));
  t.is(forgotten(), 1);
});

test('after a complaint about the clock, calls are signed with the time of the answer', async (t) => {
  const headers = { date: 'Sun, 06 Nov 2033 08:49:37 GMT' };
  const { api, dates } = await endpoint(t, [{ status: 403, headers, body: '{"__type":"InvalidSignatureException"}' }]);
  await t.throwsAsync(api.call('PutLogEvents', {}));
  await api.call('PutLogEvents', {});
  t.regex(dates[1] ?? '', /^20331106T0849(?:3[6-9]|4\d)Z$/);
});

test('an endpoint that does not answer is an error', async (t) => {
  const { api } = await endpoint(t, []);
  const closed = new AwsApi({
    service: cloudWatchLogs,
    endpoint: 'http://127.0.0.1:1',
    region: 'eu-central-1',
    credentials: { get: async () => ({ ...key, expiration: new Date(8.64e15) }), forget: () => undefined },
  });
  await t.throwsAsync(closed.call('PutLogEvents', {}), { code: 'ECONNREFUSED' });
  t.deepEqual(await api.call('PutLogEvents', {}), {});
});
