import test from 'ava';
import { parseRequest, tallyRequests } from '../../../rehearsal/metrics/request-tally.ts';

const balancer = 'app/fleet/1';
const line = (...fields: (string | number)[]) => [balancer, ...fields].join('\t');

test('a line has the balancer, the target group, both statuses and the time until the answer', (t) => {
  t.deepEqual(parseRequest(line('blue', 200, 200, '0.012')), {
    balancer,
    choice: 'blue',
    status: 200,
    isForwarded: true,
    seconds: 0.012,
  });
  t.deepEqual(parseRequest(line('blue', 502, 502, '-')), {
    balancer,
    choice: 'blue',
    status: 502,
    isForwarded: true,
    seconds: undefined,
  });
  t.deepEqual(parseRequest(line('', 503, '-', '-')), {
    balancer,
    choice: '',
    status: 503,
    isForwarded: false,
    seconds: undefined,
  });
});

test('a client that is not admitted, and lines that are no requests, do not count', (t) => {
  const lines = [
    line('blue', 444, '-', '-'),
    '',
    'garbage',
    line('blue', 200, 200),
    line('a', 'b', 'c', 'd'),
    '\t\t\t\t',
  ];
  for (const text of lines) t.is(parseRequest(text), undefined, text);
  t.deepEqual(tallyRequests(lines, new Map()), []);
});

const targetGroups = new Map([
  ['blue', 'targetgroup/blue/1'],
  ['green', 'targetgroup/green/2'],
]);

/** The tally of one request to the target group blue: the counters of its balancer, and of its target group. */
function countersOf(...fields: (string | number)[]) {
  return tallyRequests([line(...fields)], targetGroups).map(({ counts }) => Object.fromEntries(counts));
}

test('the answer of a target', (t) => {
  const counts = { RequestCount: 1, HTTPCode_Target_4XX_Count: 1 };
  t.deepEqual(countersOf('blue', 404, 404, '0.1'), [counts, counts]);
});

test("a 5xx of a target, which is not the balancer's", (t) => {
  const counts = { RequestCount: 1, HTTPCode_Target_5XX_Count: 1 };
  t.deepEqual(countersOf('blue', 503, 503, '0.1'), [counts, counts]);
});

test('a target that refuses connections', (t) => {
  const counts = { RequestCount: 1, TargetConnectionErrorCount: 1 };
  t.deepEqual(countersOf('blue', 502, 502, '-'), [
    { ...counts, HTTPCode_ELB_5XX_Count: 1, HTTPCode_ELB_502_Count: 1 },
    counts,
  ]);
});

test('a target that does not answer in time', (t) => {
  t.deepEqual(countersOf('blue', 504, 504, '-'), [
    { RequestCount: 1, HTTPCode_ELB_5XX_Count: 1, HTTPCode_ELB_504_Count: 1 },
    { RequestCount: 1 },
  ]);
});

test('a target group without targets: no target was chosen', (t) => {
  t.deepEqual(countersOf('blue', 503, '-', '-'), [{ HTTPCode_ELB_5XX_Count: 1, HTTPCode_ELB_503_Count: 1 }, {}]);
});

test('answers of the balancer itself', (t) => {
  t.deepEqual(countersOf('', 200, '-', '-'), [{}]);
  t.deepEqual(countersOf('', 301, '-', '-'), [{ HTTPCode_ELB_3XX_Count: 1 }]);
  t.deepEqual(countersOf('', 418, '-', '-'), [{ HTTPCode_ELB_4XX_Count: 1 }]);
  t.deepEqual(countersOf('', 502, '-', '-'), [{ HTTPCode_ELB_5XX_Count: 1, HTTPCode_ELB_502_Count: 1 }]);
});

test('requests are tallied for balancers and for target groups', (t) => {
  const lines = [
    line('blue', 200, 200, '0.1'),
    line('blue', 201, 201, '0.1'),
    line('green', 500, 500, '0.25'),
    line('unknown', 200, 200, '0.5'),
    `other\tblue\t200\t200\t0.001`,
  ];
  const tally = (dimensions: object, counts: object, seconds: [number, number][]) => ({
    dimensions,
    counts: new Map(Object.entries(counts)),
    seconds: new Map(seconds),
  });
  const answered = (requests: number, others: object) => ({ RequestCount: requests, ...others });
  t.deepEqual<unknown, unknown>(tallyRequests(lines, targetGroups), [
    tally({ LoadBalancer: balancer }, answered(4, { HTTPCode_Target_2XX_Count: 3, HTTPCode_Target_5XX_Count: 1 }), [
      [0.1, 2],
      [0.25, 1],
      [0.5, 1],
    ]),
    tally(
      { LoadBalancer: balancer, TargetGroup: 'targetgroup/blue/1' },
      answered(2, { HTTPCode_Target_2XX_Count: 2 }),
      [[0.1, 2]],
    ),
    tally(
      { LoadBalancer: balancer, TargetGroup: 'targetgroup/green/2' },
      answered(1, { HTTPCode_Target_5XX_Count: 1 }),
      [[0.25, 1]],
    ),
    tally({ LoadBalancer: 'other' }, answered(1, { HTTPCode_Target_2XX_Count: 1 }), [[0.001, 1]]),
    tally({ LoadBalancer: 'other', TargetGroup: 'targetgroup/blue/1' }, answered(1, { HTTPCode_Target_2XX_Count: 1 }), [
      [0.001, 1],
    ]),
  ]);
});
