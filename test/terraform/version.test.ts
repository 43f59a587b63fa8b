import test from 'ava';
import { assertTerraform, isNewEnough } from '../../terraform/version.ts';
import { terraformThat } from './fake.ts';

test('versions from 1.10 are new enough', (t) => {
  const versions = ['0.15.5', '1.9.8', '1.10.0', '1.11.4', '1.10.0-rc1', '2.0.0', '', 'unknown'];
  t.deepEqual(versions.filter(isNewEnough), ['1.10.0', '1.11.4', '1.10.0-rc1', '2.0.0']);
});

const cases: [prints: string | undefined, found: string | undefined][] = [
  [undefined, ' on the PATH, found none'],
  [`echo '{"terraform_version": "1.9.8"}'`, ', found 1.9.8'],
  ['echo hello', ', found an unknown one'],
  [`echo '{"terraform_version": "1.10.2"}'`, undefined],
];

for (const [script, found] of cases) {
  test.serial(`Terraform${found ?? ' 1.10.2'} is ${found ? 'refused, with what to do' : 'accepted'}`, async (t) => {
    const path = process.env.PATH;
    t.teardown(() => Object.assign(process.env, { PATH: path }));
    process.env.PATH = script === undefined ? '/nowhere' : `${(await terraformThat(t, script)).folder}:/bin`;
    if (found === undefined) return t.notThrowsAsync(assertTerraform());
    return t.throwsAsync(assertTerraform(), {
      name: 'UserError',
      message: `Expected Terraform 1.10 or newer${found}. See https://developer.hashicorp.com/terraform/install`,
    });
  });
}
