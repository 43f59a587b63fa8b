import type { IncomingMessage } from 'node:http';
import test from 'ava';
import { jsonAnswer, jsonError, parseJsonCall } from '../../../rehearsal/gateway/json.ts';

const authorization = 'AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-central-1/monitoring/aws4_request, Signature=00';

function parse(body: string, target: string | undefined = 'GraniteServiceVersion20100801.PutMetricData') {
  const headers = { authorization, ...(target && { 'x-amz-target': target }) };
  const call = parseJsonCall({ headers } as unknown as IncomingMessage, body);
  return call && { ...call, parameters: Object.fromEntries(call.parameters) };
}

test('the input of a call has the form of the Query protocol', (t) => {
  const input = {
    Namespace: 'Own',
    MetricData: [
      { MetricName: 'a', Value: 0, Timestamp: 1_790_000_000.5, Dimensions: [{ Name: 'x', Value: '' }] },
      { MetricName: 'b', Values: [1, 2.5] },
    ],
    StrictEntityValidation: false,
    Nothing: null,
    Empty: [],
    Structure: { Inner: {}, Text: 'ü & <' },
  };
  t.deepEqual(parse(JSON.stringify(input)), {
    service: 'monitoring',
    action: 'PutMetricData',
    parameters: {
      Namespace: 'Own',
      'MetricData.member.1.MetricName': 'a',
      'MetricData.member.1.Value': '0',
      'MetricData.member.1.Timestamp': '1790000000.5',
      'MetricData.member.1.Dimensions.member.1.Name': 'x',
      'MetricData.member.1.Dimensions.member.1.Value': '',
      'MetricData.member.2.MetricName': 'b',
      'MetricData.member.2.Values.member.1': '1',
      'MetricData.member.2.Values.member.2': '2.5',
      StrictEntityValidation: 'false',
      'Structure.Text': 'ü & <',
    },
  });
});

test('a call without a body has no parameters; a request without an action is no call', (t) => {
  t.deepEqual(parse(''), { service: 'monitoring', action: 'PutMetricData', parameters: {} });
  for (const target of ['', 'PutMetricData', 'Service.']) t.is(parse('{}', target), undefined, target);
});

test('a body that is no JSON is an error', (t) => {
  t.throws(() => parse('{'), { instanceOf: SyntaxError });
});

test('an answer has dates in seconds, and no undefined values', (t) => {
  const answer = {
    At: new Date('2026-11-29T03:00:00.250Z'),
    Dates: [new Date(0)],
    None: undefined,
    Count: 3,
    Open: false,
    Text: '"',
    Inner: { At: new Date(1000) },
  };
  t.deepEqual(JSON.parse(jsonAnswer(answer)), {
    At: 1795921200.25,
    Dates: [0],
    Count: 3,
    Open: false,
    Text: '"',
    Inner: { At: 1 },
  });
  t.is(jsonAnswer({}), '{}');
});

test('an error has a code and a message', (t) => {
  t.deepEqual(JSON.parse(jsonError('InvalidParameterValue', 'no "1"')), {
    __type: 'InvalidParameterValue',
    message: 'no "1"',
  });
});
