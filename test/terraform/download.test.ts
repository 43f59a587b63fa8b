import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { strToU8, zipSync } from 'fflate';
import { sha256 } from '../../common/checksum.ts';
import { downloadTerraform, pinnedTerraform } from '../../terraform/download.ts';
import { freePort } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { release, releaseSite, releaseZip } from './releases.ts';

const path = '/terraform/9.9.9/terraform_9.9.9_linux_amd64.zip';

async function programPath(t: ExecutionContext): Promise<string> {
  return join(await temporaryFolder(t), 'terraform-9.9.9', 'terraform');
}

test('there is a release for Linux and macOS on both processors', (t) => {
  const platforms = (['linux', 'darwin', 'win32'] as const).flatMap((system) =>
    ['x64', 'arm64', 'arm'].map((processor) => pinnedTerraform(system, processor)?.platform),
  );
  const none = undefined;
  t.deepEqual(platforms, ['linux_amd64', 'linux_arm64', none, 'darwin_amd64', 'darwin_arm64', none, none, none, none]);
});

test('a release is fetched, verified and unpacked, and nothing else is left', async (t) => {
  const { site, asked } = await releaseSite(t, releaseZip);
  const program = await programPath(t);
  const reported: string[] = [];
  await downloadTerraform({ release, program, site, report: (line) => reported.push(line) });
  t.deepEqual(asked, [path]);
  t.deepEqual(reported, ['0 of 0 MB']);
  t.is((await execa(program)).stdout, '{"terraform_version": "9.9.9"}');
  t.deepEqual(await readdir(dirname(program)), ['terraform']);
});

test('a file with another checksum is refused, and none is written', async (t) => {
  const other = Buffer.from(zipSync({ terraform: strToU8('something else') }));
  const { site, asked } = await releaseSite(t, other);
  const program = await programPath(t);
  await t.throwsAsync(downloadTerraform({ release, program, site, report: () => undefined }), {
    name: 'UserError',
    message: `${site}${path}: expected the SHA-256 ${release.sha256}, got ${sha256(other)}; it is not used`,
  });
  t.is(asked.length, 1);
  t.deepEqual(await readdir(dirname(dirname(program))), []);
});

test('a zip file without the program is refused', async (t) => {
  const empty = Buffer.from(zipSync({ 'LICENSE.txt': strToU8('A licence') }));
  const { site } = await releaseSite(t, empty);
  const program = await programPath(t);
  const download = downloadTerraform({
    ...{ program, site, report: () => undefined },
    release: { ...release, sha256: sha256(empty) },
  });
  await t.throwsAsync(download, { message: `${site}${path}: expected a file named terraform in it, got none` });
});

test('a site that fails is asked three times', async (t) => {
  const { site, asked } = await releaseSite(t, 503);
  const program = await programPath(t);
  await t.throwsAsync(downloadTerraform({ release, program, site, report: () => undefined }), {
    message: `${site}${path} answers with status 503`,
  });
  t.is(asked.length, 3);
});

test('a site that nobody reaches is an error', async (t) => {
  const program = await programPath(t);
  const site = `http://127.0.0.1:${await freePort()}`;
  await t.throwsAsync(downloadTerraform({ release, program, site, report: () => undefined }), {
    message: 'fetch failed',
  });
});
