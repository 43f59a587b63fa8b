import pc from 'picocolors';
import { requireCloudTarget } from '../deployments/cloud-target.ts';
import { loadStage } from '../stages/load.ts';
import { newKeyOptions } from './command-line/api-key-options.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { apiKeysOf } from './steps/api-keys.ts';

const program = createCommand('api-key', 'Make an API key and print it, once. STAGE=<name> chooses the stage.')
  .addHelpText(
    'after',
    `
NAME=<name>      names the key in logs, metrics and lists: at most 40 lower-case letters, digits and hyphens
SCOPES=<scopes>  what it may be used for: predict, feedback, or both, separated by a comma (predict)

The key alone is printed to the standard output; nothing keeps it, only its hash. Machines know it within 20 s.`,
  )
  .action(async () => {
    const options = newKeyOptions(process.env);
    const stage = await loadStage(stageName());
    const apiKeys = apiKeysOf(stage, await requireCloudTarget(stage));
    console.log(await apiKeys.create(options));
    console.error('Keep it now: it cannot be shown again. Machines know it within 20 s.');
    if (stage.settings.service.access === 'open')
      console.error(
        pc.yellow(`The stage does not ask for it yet: stages/${stage.name}.yaml says service.access: open`),
      );
  });

await run(program);
