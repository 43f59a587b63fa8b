import { UserError } from '../common/errors.ts';
import type { ApiKeys } from '../deployments/api-keys.ts';
import { requireCloudTarget } from '../deployments/cloud-target.ts';
import { loadStage } from '../stages/load.ts';
import { apiKeysText } from './command-line/api-keys-text.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { apiKeysOf } from './steps/api-keys.ts';

const program = createCommand('api-keys', 'List the API keys of a stage. STAGE=<name> chooses the stage.')
  .option('--json', 'print JSON for other programs')
  .addHelpText(
    'after',
    `
REVOKE=<name>  ends a key instead: machines refuse it within 20 s, without a deployment`,
  )
  .action(async ({ json }: { json?: boolean }) => {
    const stage = await loadStage(stageName());
    const apiKeys = apiKeysOf(stage, await requireCloudTarget(stage));
    const { REVOKE: revoked } = process.env;
    if (revoked) return revoke(apiKeys, revoked);
    const listed = await apiKeys.list();
    console.log(json ? JSON.stringify(listed.keys, null, 2) : apiKeysText(listed, stage));
  });

async function revoke(apiKeys: ApiKeys, name: string): Promise<void> {
  const isRevoked = await apiKeys.revoke(name);
  if (isRevoked) return console.log(`${name} is revoked. Machines refuse it within 20 s.`);
  const { keys } = await apiKeys.list();
  const names = keys.map((key) => key.name).join(', ');
  throw new UserError(`REVOKE=${name}: expected the name of a key (${names || 'there is none'})`);
}

await run(program);
