import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../common/errors.ts';
import { checkoutFolder } from '../common/paths.ts';
import { exampleDeployment } from '../stacks/example-deployment.ts';
import { exampleAccount, exampleStage } from '../stacks/example-stage.ts';
import { placeholders } from '../stacks/placeholders.ts';
import { synthesize } from '../stacks/synthesize.ts';
import { createCommand, run } from './command-line/command.ts';

const program = createCommand(
  'lint-stacks',
  'Check the resources of a stage by checkov, where it is installed; .checkov.yaml holds the checks that do not apply.',
).action(async () => {
  const { failed } = await execa('checkov', ['--version'], { reject: false });
  if (failed) return console.log('checkov is not installed: the stacks are not checked by it');
  const folder = await mkdtemp(join(tmpdir(), 'intent-fleet-stacks-'));
  try {
    await checkStack(synthesizeExample(folder));
  } finally {
    await rm(folder, { recursive: true });
  }
});

function synthesizeExample(folder: string): string {
  const [site, deployment] = [{ accountId: exampleAccount }, exampleDeployment()];
  return synthesize({ stage: exampleStage(), site, stateFile: '/nowhere', ...placeholders, deployment }, folder);
}

async function checkStack(stack: string): Promise<void> {
  await withoutTerraformBlock(join(stack, 'cdk.tf.json'));
  const configuration = join(checkoutFolder, '.checkov.yaml');
  const { stdout } = await execa('checkov', ['--config-file', configuration, '--directory', stack], {
    reject: false,
    stdout: ['inherit', 'pipe'],
    stderr: 'inherit',
  });
  // A file that checkov cannot read is no failure to it.
  if (/^Passed checks: [1-9]\d*, Failed checks: 0, Skipped checks: \d+$/m.test(stdout)) return;
  throw new UserError('checkov found what neither the stacks nor .checkov.yaml account for');
}

// checkov cannot read a version in this block, in which it checks nothing.
async function withoutTerraformBlock(file: string): Promise<void> {
  const { terraform: _, ...blocks } = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(blocks, null, 2));
}

await run(program);
