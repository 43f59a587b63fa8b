import test from 'ava';
import { isNewEnough, terraformOnPath, wantedTerraform } from '../../terraform/versions.ts';
import { terraformThat } from './fake.ts';

test('versions from 1.10 are new enough', (t) => {
  const versions = ['0.15.5', '1.9.8', '1.10.0', '1.11.4', '1.10.0-rc1', '2.0.0', '', 'unknown'];
  t.deepEqual(versions.filter(isNewEnough), ['1.10.0', '1.11.4', '1.10.0-rc1', '2.0.0']);
  t.is(wantedTerraform, 'Terraform 1.10 or newer');
});

const cases: [prints: string | undefined, version: string | undefined][] = [
  [undefined, undefined],
  ['exit 1', undefined],
  ['echo hello', ''],
  [`echo '{"terraform_version": "1.9.8"}'`, '1.9.8'],
];

for (const [script, version] of cases) {
  test.serial(`a Terraform that does ${script} has the version ${version}`, async (t) => {
    const path = process.env.PATH;
    t.teardown(() => Object.assign(process.env, { PATH: path }));
    process.env.PATH = script === undefined ? '/nowhere' : `${(await terraformThat(t, script)).folder}:/bin`;
    t.is(await terraformOnPath(), version);
  });
}
