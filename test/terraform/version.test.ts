import test from 'ava';
import { assertTerraform, isNewEnough } from '../../terraform/version.ts';
import { terraformThat } from './fake.ts';

test('versions from 1.10 will do', (t) => {
  const versions = ['0.15.5', '1.9.8', '1.10.0', '1.11.4', '1.10.0-rc1', '2.0.0', '', 'unknown'];
  t.deepEqual(versions.filter(isNewEnough), ['1.10.0', '1.11.4', '1.10.0-rc1', '2.0.0']);
});

const onPath = async <Value>(path: string, action: () => Promise<Value>) => {
  const before = process.env.PATH;
  process.env.PATH = path;
  try {
    return await action();
  } finally {
    process.env.PATH = before;
  }
};

test.serial('Terraform that is missing or too old is refused, with what to do', async (t) => {
  const remedy = 'See https://developer.hashicorp.com/terraform/install';
  const old = await terraformThat(t, `echo '{"terraform_version": "1.9.8"}'`);
  const good = await terraformThat(t, `echo '{"terraform_version": "1.10.2"}'`);
  const odd = await terraformThat(t, 'echo hello');
  await onPath('/nowhere', () =>
    t.throwsAsync(assertTerraform(), {
      name: 'UserError',
      message: `Expected Terraform 1.10 or newer on the PATH, found none. ${remedy}`,
    }),
  );
  await onPath(`${old.folder}:/bin`, () =>
    t.throwsAsync(assertTerraform(), { message: `Expected Terraform 1.10 or newer, found 1.9.8. ${remedy}` }),
  );
  await onPath(`${odd.folder}:/bin`, () =>
    t.throwsAsync(assertTerraform(), { message: `Expected Terraform 1.10 or newer, found an unknown one. ${remedy}` }),
  );
  await onPath(`${good.folder}:/bin`, () => t.notThrowsAsync(assertTerraform()));
});
