import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { modelSettings } from '../../../model/settings.ts';
import { profileToCompare } from '../../../scripts/steps/compare-profiles.ts';
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
