import { UserError } from '../common/errors.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { StageStatusReader } from '../deployments/stage-status.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { statusText } from './command-line/status-text.ts';
import { watch } from './command-line/watch.ts';

const renewalMilliseconds = 2000;

const program = createCommand(
  'status',
  'Show each machine (id, address, release, health, CPU, age), requests a second, p90, errors, and the alarms that ring. STAGE=<name> chooses the stage.',
)
  .option('--json', 'print JSON for other programs')
  .addHelpText(
    'after',
    `
WATCH=1 renews it every 2 s until Ctrl-C.

The figures of traffic are those of CloudWatch's last period. On AWS they come once a minute, and the CPU of a machine every five
minutes; in the rehearsal both come every six seconds.`,
  )
  .action(async ({ json }: { json?: boolean }) => {
    const isWatched = isChosen('WATCH', process.env.WATCH);
    const reader = new StageStatusReader(await findDeployed(await loadStage(stageName())));
    const text = async () => {
      const status = await reader.read();
      return json ? JSON.stringify(status, null, 2) : statusText(status);
    };
    if (!isWatched) return console.log(await text());
    await watch(text, { output: process.stdout, milliseconds: renewalMilliseconds });
  });

function isChosen(name: string, value: string | undefined): boolean {
  if (!value) return false;
  if (value === '1') return true;
  throw new UserError(`${name}=${value}: expected 1, or nothing`);
}

await run(program);
