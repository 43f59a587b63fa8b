import test from 'ava';
import type { TargetState } from '../../../rehearsal/health/target.ts';
import { balancerMetrics } from '../../../rehearsal/metrics/balancer-metrics.ts';
import { distributionOf } from '../../../rehearsal/metrics/distribution.ts';
import type { RequestTally } from '../../../rehearsal/metrics/request-tally.ts';

const balancer = 'app/fleet/1';
const targetGroup = 'targetgroup/blue/1';
const both = { LoadBalancer: balancer, TargetGroup: targetGroup };

const tally = (dimensions: RequestTally['dimensions'], counts: object, seconds: [number, number][]): RequestTally => ({
  dimensions,
  counts: new Map(Object.entries(counts)),
  seconds: new Map(seconds),
});

const group = (...states: TargetState[]) => ({ balancer, targetGroup, states });

/** A metric with these values, each with the number of its occurrences. */
const metric = (name: string, dimensions: object, ...values: [number, number][]) => [
  { namespace: 'AWS/ApplicationELB', name, dimensions },
  distributionOf(values),
];

test('requests are counted one by one, and have the times of their answers', (t) => {
  const counts = { RequestCount: 3, HTTPCode_Target_2XX_Count: 2 };
  const times: [number, number][] = [
    [0.1, 1],
    [0.3, 1],
  ];
  t.deepEqual<unknown, unknown>(balancerMetrics([tally({ LoadBalancer: balancer }, counts, times)], []), [
    metric('TargetResponseTime', { LoadBalancer: balancer }, ...times),
    metric('RequestCount', { LoadBalancer: balancer }, [1, 3]),
    metric('HTTPCode_Target_2XX_Count', { LoadBalancer: balancer }, [1, 2]),
  ]);
});

test('what did not happen has no metric', (t) => {
  t.deepEqual(balancerMetrics([], []), []);
  t.deepEqual(balancerMetrics([tally({ LoadBalancer: balancer }, {}, [])], [group()]), []);
});

test('hosts are counted by their health; one that is new or leaves is neither', (t) => {
  const states = group('healthy', 'unhealthy', 'initial', 'draining', 'unused', 'healthy');
  t.deepEqual<unknown, unknown>(balancerMetrics([], [states]), [
    metric('HealthyHostCount', both, [2, 1]),
    metric('UnHealthyHostCount', both, [1, 1]),
  ]);
});

test('the requests for a target are those of its group, divided by the healthy ones', (t) => {
  const tallies = [
    tally({ LoadBalancer: balancer }, { RequestCount: 50 }, []),
    tally({ LoadBalancer: balancer, TargetGroup: 'targetgroup/green/2' }, { RequestCount: 40 }, []),
    tally(both, { RequestCount: 10 }, []),
  ];
  const perTarget = (...states: TargetState[]) =>
    balancerMetrics(tallies, [group(...states)]).filter(([{ name }]) => name === 'RequestCountPerTarget');
  t.deepEqual<unknown, unknown>(perTarget('healthy', 'healthy', 'unhealthy', 'healthy', 'healthy'), [
    metric('RequestCountPerTarget', both, [2.5, 1]),
    metric('RequestCountPerTarget', { TargetGroup: targetGroup }, [2.5, 1]),
  ]);
  // Without a healthy one, all targets get requests.
  t.deepEqual<unknown, unknown>(perTarget('unhealthy'), [
    metric('RequestCountPerTarget', both, [10, 1]),
    metric('RequestCountPerTarget', { TargetGroup: targetGroup }, [10, 1]),
  ]);
});
