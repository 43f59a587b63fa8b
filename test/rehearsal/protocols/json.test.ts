import test from 'ava';
import { jsonProtocol } from '../../../rehearsal/protocols/json.ts';

const parse = (body: string, target = 'GraniteServiceVersion20100801.PutMetricData') =>
  jsonProtocol.parse(body, { 'x-amz-target': target });

test('a call has the input of its body, without members that are null', (t) => {
  const body = '{ "Namespace": "Own", "Nothing": null, "MetricData": [{ "Value": 0, "Unit": null }], "Empty": [] }';
  t.deepEqual(parse(body), {
    action: 'PutMetricData',
    input: { Namespace: 'Own', MetricData: [{ Value: 0 }], Empty: [] },
  });
});

test('a call without a body has no parameters; a request without an action is no call', (t) => {
  t.deepEqual(parse(''), { action: 'PutMetricData', input: {} });
  for (const target of ['', 'PutMetricData', 'Service.']) t.is(parse('{}', target), undefined, target);
});

test('a body that is no JSON object is an error', (t) => {
  for (const body of ['{', '[]', '1', 'null']) t.throws(() => parse(body), { instanceOf: SyntaxError }, body);
});

const call = { service: 'cloudwatch', action: 'GetMetricData' };

test('an answer has dates in seconds, and no undefined values', (t) => {
  const answer = {
    At: new Date('2026-11-29T03:00:00.250Z'),
    Dates: [new Date(0)],
    None: undefined,
    Count: 3,
    Open: false,
    Text: '"',
    Inner: { At: new Date(1000) },
    Map: new Map([['p99', 3]]),
  };
  t.deepEqual(JSON.parse(jsonProtocol.answer(call, answer)), {
    At: 1795921200.25,
    Dates: [0],
    Count: 3,
    Open: false,
    Text: '"',
    Inner: { At: 1 },
    Map: { p99: 3 },
  });
  t.is(jsonProtocol.answer(call, {}), '{}');
});

test('an error has a code and a message', (t) => {
  t.deepEqual(JSON.parse(jsonProtocol.error('cloudwatch', 'InvalidParameterValue', 'no "1"')), {
    __type: 'InvalidParameterValue',
    message: 'no "1"',
  });
});
