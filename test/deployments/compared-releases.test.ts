import test from 'ava';
import { releaseIdOf } from '../../common/release-id.ts';
import { comparedReleases } from '../../deployments/compared-releases.ts';
import { beginSecond, named, play, revision, steady } from './strategies/examples.ts';

test('the release in service is compared with the one that is deployed, with their shares', (t) => {
  const begun = beginSecond({ strategy: 'canary', steps: [{ percent: 60, pause: true }, 100] });
  const { progress, live } = begun;
  const weights = live === 'blue' ? { blue: 40, green: 60 } : { blue: 60, green: 40 };
  t.deepEqual(comparedReleases({ ...begun, weights }), {
    releases: { a: releaseIdOf(revision(1).release), b: releaseIdOf(revision(2).release) },
    weights: { a: 40, b: 60 },
    ...{ isShadow: false, since: progress?.beganAt },
  });
});

test('a release that nobody gets answers of is a shadow', (t) => {
  const { deployment } = play(beginSecond({ strategy: 'shadow' }));
  t.like(comparedReleases(deployment), { weights: { a: 100, b: 0 }, isShadow: true });
});

test('where nothing is under way, there is nothing to compare', (t) => {
  t.throws(() => comparedReleases(steady({})), { name: 'UserError', message: /^One release serves everything\. / });
});

test('two revisions of one release are not compared', (t) => {
  const begun = beginSecond({ strategy: 'canary', steps: [{ percent: 60, pause: true }, 100] });
  const revisions = { ...begun.revisions, [named(2)]: { ...revision(2), release: revision(1).release } };
  t.throws(() => comparedReleases({ ...begun, revisions }), {
    message: `Both revisions have the release ${releaseIdOf(revision(1).release)}: there is nothing to compare.`,
  });
});
