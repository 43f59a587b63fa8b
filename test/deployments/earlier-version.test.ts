import test from 'ava';
import { parseDeployment } from '../../deployments/deployment.ts';
import { adoptEarlierVersion } from '../../deployments/earlier-version.ts';
import { revisionName } from '../../deployments/revision.ts';
import { strategyOf } from '../../deployments/strategies/settings.ts';
import { deployedEarlier, earlierState } from './earlier-state.ts';
import { stageWithState } from './local-state.ts';

const now = new Date('2026-01-02T03:04:05.000Z');
const release = 'ab'.repeat(32);

test('the only fleet of an earlier version becomes the blue track, with the sizes that it has', async (t) => {
  const stage = await stageWithState(t, earlierState());
  const { deployment, desired, earlier } = await adoptEarlierVersion(stage, { release }, now);
  const revision = {
    ...{ release, image: 'ami-1', rootDevice: '/dev/xvda', instanceType: 't3.small', diskGigabytes: 8 },
    ...{ userData: 'aaaa', modelVersion: 'unknown', accuracy: null, madeAt: '2026-01-02T03:04:05.000Z' },
  };
  const name = revisionName(revision);
  const { deployment: settings, fleet } = stage.settings;
  const { min, max } = fleet.size;
  t.deepEqual(deployment, {
    ...{ format: 1, strategy: strategyOf(settings), phase: 'steady', live: 'blue' },
    ...{ revisions: { [name]: revision }, history: [name] },
    tracks: {
      blue: { revision: name, floor: 3, ceiling: 5 },
      green: { revision: null, floor: 0, ceiling: 0 },
    },
    ...{ weights: { blue: 100, green: 0 }, sticky: false, size: { min, max } },
    ...{ keepRevisions: settings.keepRevisions, progress: null, last: null },
  });
  t.deepEqual(parseDeployment(deployment), deployment);
  t.is(desired, 4);
  t.deepEqual(earlier, { addresses: Object.keys(deployedEarlier), revision: name, release });
});

test('a state of another version is refused with what it lacks and what to do', async (t) => {
  const stage = await stageWithState(t, earlierState({ 'aws_autoscaling_group.fleet_group_0A1B2C3D': undefined }));
  await t.throwsAsync(adoptEarlierVersion(stage, { url: 'https://x' }, now), {
    name: 'UserError',
    message: [
      'The Terraform state is of no version that this one can go on with:',
      '  release: expected a string, got nothing',
      '  group: expected a mapping, got nothing',
      'Apply the last version before this one, then this one.',
    ].join('\n'),
  });
});
