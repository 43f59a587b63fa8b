import { InvalidArgumentError } from 'commander';
import pc from 'picocolors';
import { UserError } from '../common/errors.ts';
import { lastLines } from '../common/last-lines.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { Fleet } from '../deployments/fleet.ts';
import type { MachineLogs } from '../rehearsal/cloud/logs.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';

const program = createCommand(
  'logs',
  "Show the logs of machines: the bootstrap's, the service's, the proxy's. STAGE=<name> chooses the stage.",
)
  .argument('[machine]', 'the id of one machine, also of a terminated one; all machines without it')
  .option('--lines <number>', 'lines of each log', wholeNumber, 20)
  .action(async (machine: string | undefined, { lines }: { lines: number }) => {
    const { target, outputs } = await findDeployed(await loadStage(stageName()));
    const { rehearsal } = target;
    const ids = machine ? [machine] : (await new Fleet(target.access, outputs).status()).machines.map(({ id }) => id);
    if (!rehearsal)
      throw new UserError(
        `Read the logs of machines on AWS by Session Manager:\n${ids.map(sessionCommand).join('\n')}`,
      );
    for (const id of ids) {
      const logs = await rehearsal.logs(id);
      if (!logs) throw new UserError(`No machine has, or had, the id ${id}. See: make status`);
      console.log(formatLogs(id, logs, lines));
    }
  });

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}

const files = '/var/log/intent-fleet/*.log; journalctl -u "intent-fleet@*" -n 50; tail /var/log/nginx/error.log';

function sessionCommand(id: string): string {
  return `aws ssm start-session --target ${id}    # then: sudo sh -c 'cat ${files}'`;
}

function formatLogs(id: string, { recap, bootstrap, service, proxy }: MachineLogs, lines: number): string {
  const part = (title: string, text: string) => `${pc.dim(`-- ${title}`)}\n${lastLines(text, lines) || '(empty)'}`;
  const parts = [part('bootstrap', bootstrap || recap), part('service', service), part('proxy', proxy)];
  return [pc.bold(id), ...parts, ''].join('\n');
}

await run(program);
