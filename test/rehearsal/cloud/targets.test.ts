import test from 'ava';
import { healthyTargets, targetsOf } from '../../../rehearsal/cloud/targets.ts';
import { desiredFleet, health, instance, member } from '../fleet.ts';

test('targets have their own health, leaving members are draining, ended ones and unknown groups have none', (t) => {
  const unhealthy = health('unhealthy', 'Request timed out');
  const members = [
    member('i-1'),
    member('i-2', { targets: new Map([['arn:fleet', unhealthy]]) }),
    member('i-3', { state: 'leaving' }),
    member('i-4', { state: 'ended' }),
    member('i-5', { targets: new Map([['arn:other', health('healthy')]]) }),
  ];
  t.deepEqual(targetsOf('arn:fleet', desiredFleet([]), members), [
    { instance: 'i-1', port: 443, health: health('healthy') },
    { instance: 'i-2', port: 443, health: unhealthy },
    { instance: 'i-3', port: 443, health: 'draining' },
  ]);
  t.is(targetsOf('arn:none', desiredFleet([]), members), undefined);
});

test('requests go to running members that are healthy in the target group', (t) => {
  const both = new Map(['arn:fleet', 'arn:other'].map((arn) => [arn, health('healthy')]));
  const at = (address: string) => ({ instance: instance('i', { address }) });
  const members = [
    member('i-1', { ...at('10.20.0.5'), targets: both }),
    member('i-2', at('10.20.0.6')),
    member('i-3', { ...at('10.20.0.7'), state: 'leaving' }),
    member('i-4', { ...at('10.20.0.8'), targets: new Map([['arn:fleet', health('initial')]]) }),
  ];
  t.deepEqual(
    [...healthyTargets(members)],
    [
      ['arn:fleet', ['10.20.0.5', '10.20.0.6']],
      ['arn:other', ['10.20.0.5']],
    ],
  );
});
