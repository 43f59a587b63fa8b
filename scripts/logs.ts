import { InvalidArgumentError } from 'commander';
import pc from 'picocolors';
import { lastLines } from '../common/last-lines.ts';
import type { CloudTarget } from '../deployments/cloud-target.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { Fleet } from '../deployments/fleet.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';

const program = createCommand(
  'logs',
  'Show the console of machines and, in the rehearsal, the logs of bootstrap, service and proxy. STAGE=<name> chooses the stage.',
)
  .argument('[machine]', 'the id of one machine, also of a terminated one; all machines without it')
  .option('--lines <number>', 'lines of each log', wholeNumber, 20)
  .action(async (machine: string | undefined, { lines }: { lines: number }) => {
    const { target, outputs } = await findDeployed(await loadStage(stageName()));
    const fleet = new Fleet(target.access, outputs);
    const ids = machine ? [machine] : (await fleet.status()).machines.map(({ id }) => id);
    for (const id of ids) console.log(formatLogs(id, await logsOf(id, target, fleet), lines));
  });

// Nothing reads the disks of machines on AWS, nor of one that has never come up: there is its console.
async function logsOf(id: string, { rehearsal }: CloudTarget, fleet: Fleet): Promise<Record<string, string>> {
  const logs = await rehearsal?.logs(id);
  if (!logs?.bootstrap) return { console: await fleet.consoleOf(id) };
  const { bootstrap, service, proxy } = logs;
  return { bootstrap, service, proxy };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}

function formatLogs(id: string, logs: Record<string, string>, lines: number): string {
  const parts = Object.entries(logs).filter(([, text]) => text.trim() !== '');
  const formatted = parts.map(([title, text]) => `${pc.dim(`-- ${title}`)}\n${lastLines(text, lines)}`);
  return [pc.bold(id), ...(formatted.length > 0 ? formatted : ['(nothing is written yet)']), ''].join('\n');
}

await run(program);
