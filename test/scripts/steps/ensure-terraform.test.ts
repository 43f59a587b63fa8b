import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ensureTerraform } from '../../../scripts/steps/ensure-terraform.ts';
import { pinnedTerraform } from '../../../terraform/download.ts';
import { writeProgram } from '../../support/programs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { terraformThat } from '../../terraform/fake.ts';
import { releaseSite, releaseZip } from '../../terraform/releases.ts';

/** Sets PATH and the cache folder of this process until the test is over; returns the path of the cached program. */
async function given(t: ExecutionContext, path: string): Promise<string> {
  const before = { PATH: process.env.PATH, XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? '' };
  t.teardown(() => Object.assign(process.env, before));
  const cache = await temporaryFolder(t);
  Object.assign(process.env, { PATH: path, XDG_CACHE_HOME: cache });
  return join(cache, 'intent-fleet', 'terraform-1.11.4');
}

const versionThat = async (t: ExecutionContext, version: string) =>
  `${(await terraformThat(t, `echo '{"terraform_version": "${version}"}'`)).folder}${delimiter}/bin`;

const fetchFailure =
  /^Expected Terraform 1\.10 or newer, found (.*), and 1\.11\.4 could not be fetched: (.*)\. Install it: https:\/\/developer\.hashicorp\.com\/terraform\/install$/;

test.serial('a Terraform that is new enough is used as it is', async (t) => {
  const path = await versionThat(t, '1.10.2');
  await given(t, path);
  const { site, asked } = await releaseSite(t, 500);
  await ensureTerraform(site);
  t.is(process.env.PATH, path);
  t.deepEqual(asked, []);
});

test.serial('one that is too old gives way to the pinned one of the cache folder', async (t) => {
  const path = await versionThat(t, '1.9.8');
  const folder = await given(t, path);
  await mkdir(folder, { recursive: true });
  await writeProgram(join(folder, 'terraform'), '');
  const { site, asked } = await releaseSite(t, 500);
  await ensureTerraform(site);
  t.is(process.env.PATH, `${folder}${delimiter}${path}`);
  t.deepEqual(asked, []);
});

test.serial('where none is, a file that is not HashiCorp’s is refused', async (t) => {
  await given(t, '/nowhere');
  const { site } = await releaseSite(t, releaseZip);
  const { message } = await t.throwsAsync(ensureTerraform(site), { name: 'UserError' });
  const [, found, reason] = fetchFailure.exec(message) ?? [];
  const { platform = '', sha256 = '' } = pinnedTerraform(process.platform, process.arch) ?? {};
  t.is(found, 'none on the PATH');
  t.true(
    reason?.startsWith(
      `${site}/terraform/1.11.4/terraform_1.11.4_${platform}.zip: expected the SHA-256 ${sha256}, got `,
    ),
  );
  t.is(process.env.PATH, '/nowhere');
});

test.serial('without a network, the error says how to install it', async (t) => {
  await given(t, await versionThat(t, '1.9.8'));
  const { message } = await t.throwsAsync(ensureTerraform('http://127.0.0.1:1'), { name: 'UserError' });
  const [, found, reason] = fetchFailure.exec(message) ?? [];
  t.is(found, '1.9.8 on the PATH');
  t.regex(reason ?? '', /^fetch failed \(.+\)$/);
});
