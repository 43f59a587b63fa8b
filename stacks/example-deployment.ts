import type { Deployment } from '../deployments/deployment.ts';
import { type Revision, revisionName } from '../deployments/revision.ts';
import { placeholders } from './placeholders.ts';

const revision = (digit: string): Revision => ({
  ...{ release: digit.repeat(64), image: 'ami-0', rootDevice: '/dev/xvda', instanceType: 't3.small', diskGigabytes: 8 },
  ...{ userData: '', modelVersion: digit.repeat(12), accuracy: null, madeAt: '2026-01-01T00:00:00Z' },
});

/** An example in which both tracks have machines. */
export function exampleDeployment(): Deployment {
  const revisions = Object.fromEntries(['1', '2'].map(revision).map((one) => [revisionName(one), one]));
  const [blue = '', green = ''] = Object.keys(revisions);
  const tracks = {
    blue: { revision: blue, floor: 2, ceiling: 4 },
    green: { revision: green, floor: 2, ceiling: 4 },
  };
  return { ...placeholders.deployment, phase: 'warm', revisions, history: [green, blue], live: 'green', tracks };
}
