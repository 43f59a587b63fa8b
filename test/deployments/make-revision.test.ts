import test from 'ava';
import { makeRevision } from '../../deployments/make-revision.ts';
import { revisionSchema } from '../../deployments/revision.ts';
import { stackName } from '../../stacks/stack-name.ts';
import { userDataOf } from '../../stacks/user-data.ts';
import { machineVariables } from '../../stacks/variables.ts';
import { image, model, rehearsal, release } from '../stacks/synthesized.ts';

test('a revision is all that a machine boots with, and what its model is', (t) => {
  const { stage, site } = rehearsal((yaml) => yaml.replace('diskGigabytes: 8', 'diskGigabytes: 9'));
  const now = new Date('2026-01-02T03:04:05.678Z');
  const revision = makeRevision({ stage, site, release, image, model, now });
  const variables = machineVariables('intent-fleet-rehearsal', stage.settings, site);
  t.deepEqual(revision, {
    release: release.sha256,
    image: 'ami-0123456789abcdef0',
    rootDevice: '/dev/xvda',
    instanceType: 't3.small',
    diskGigabytes: 9,
    userData: userDataOf(release, variables, stackName(stage), 'eu-central-1', site),
    modelVersion: '0123456789ab',
    accuracy: 0.9,
    madeAt: '2026-01-02T03:04:05.678Z',
  });
  t.deepEqual(revisionSchema.parse(revision), revision);
});
