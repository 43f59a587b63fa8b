import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { modelSettings } from '../../../model/settings.ts';
import { comparison, profileToCompare } from '../../../scripts/steps/compare-profiles.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('with token vectors in the cache folder, the default profile is compared with the semantic one', async (t) => {
  const wheel = join(await temporaryFolder(t), 'vectors.whl');
  const other = (settings: object) => profileToCompare(modelSettings.parse(settings), wheel);
  t.deepEqual([{}, { profile: 'semantic' }, { profile: 'accurate' }].map(other), [undefined, 'default', undefined]);
  await writeFile(wheel, '');
  t.deepEqual([{}, { profile: 'semantic' }, { profile: 'accurate' }, { algorithm: 'bayes' }].map(other), [
    'semantic',
    'default',
    undefined,
    undefined,
  ]);
});

test('the sentence says which profile is better, by how much, and whether that is certain', (t) => {
  t.is(
    comparison('semantic', 'default', { texts: 300, difference: 0.1, interval: [0.061, 0.139] }),
    'the semantic profile is right on 10.0 more texts of 100 than the default one, on the same 300 test texts (95 % interval 6.1 to 13.9)',
  );
  t.is(
    comparison('semantic', 'default', { texts: 30, difference: -0.02, interval: [-0.05, 0.01] }),
    'the default profile is right on 2.0 more texts of 100 than the semantic one, on the same 30 test texts (95 % interval -1.0 to 5.0); so few texts do not tell which is better',
  );
});
