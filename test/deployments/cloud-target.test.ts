import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { temporaryFolder } from '../support/temporary-folder.ts';

const steps = join(import.meta.dirname, '../../deployments/cloud-target.ts');
const stages = join(import.meta.dirname, '../../stages');

// In a process of its own: what AWS's clients find of credentials, they keep.
test('AWS without credentials is refused, with what to do', async (t) => {
  const home = await temporaryFolder(t);
  const yaml = (await readFile(join(stages, 'production.yaml'), 'utf8'))
    .replace("bucket: ''", 'bucket: our-state')
    .replace("arn: ''", 'arn: arn:aws:acm:eu-central-1:123456789012:certificate/0a1b');
  await writeFile(join(home, 'production.yaml'), yaml);
  const program = `
    import { findCloudTarget } from ${JSON.stringify(steps)};
    import { loadStage } from ${JSON.stringify(join(stages, 'load.ts'))};
    const stage = await loadStage('production', ${JSON.stringify(home)});
    await findCloudTarget(stage).catch((error) => console.log(error.name + ': ' + error.message));
  `;
  const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', program], {
    extendEnv: false,
    env: { HOME: home, PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true' },
  });
  t.deepEqual(stdout.split('\n'), [
    'UserError: STAGE=production: expected valid AWS credentials, got: Could not load credentials from any providers',
    'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with `aws sso login`.',
  ]);
});
