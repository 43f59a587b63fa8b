import test from 'ava';
import { type Revision, revisionName } from '../../deployments/revision.ts';

const revision: Revision = {
  ...{ release: '1'.repeat(64), image: 'ami-1', rootDevice: '/dev/xvda', instanceType: 't3.small', diskGigabytes: 8 },
  userData: 'aaaa',
  ...{ modelVersion: '0123456789ab', accuracy: 0.9, madeAt: '2026-01-01T00:00:00Z' },
};

test('the name of a revision changes with everything that its machines boot with, and with nothing else', (t) => {
  const name = revisionName(revision);
  t.regex(name, /^r-[0-9a-f]{12}$/);
  const others: Partial<Revision>[] = [
    { release: '2'.repeat(64) },
    { image: 'ami-2' },
    { instanceType: 't3.large' },
    { diskGigabytes: 9 },
    { userData: 'bbbb' },
  ];
  t.is(new Set([name, ...others.map((other) => revisionName({ ...revision, ...other }))]).size, 6);
  t.is(revisionName({ ...revision, modelVersion: 'other', accuracy: null, madeAt: '2026-02-01T00:00:00Z' }), name);
});
