import Table from 'cli-table3';
import pc from 'picocolors';
import { releaseIdOf } from '../common/release-id.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { endpoint } from '../deployments/endpoint.ts';
import { type FleetMachine, fleetStatus } from '../deployments/fleet-status.ts';
import { command, run } from './command-line/command.ts';

const program = command(
  'status',
  'Show each machine: id, address, release, health, age. STAGE=<name> chooses the stage.',
)
  .option('--json', 'print JSON for other programs')
  .action(async ({ json }: { json?: boolean }) => {
    const { target, outputs } = await findDeployed();
    const status = await fleetStatus(target.access, outputs);
    const { url } = endpoint(target, outputs);
    if (json) return console.log(JSON.stringify({ url, release: outputs.release, ...status }, null, 2));
    console.log(`${pc.bold(url)}, release ${releaseIdOf(outputs.release)}, ${status.desired} machines wanted`);
    if (status.refresh)
      console.log(`Last replacement of machines: ${status.refresh.status}, ${status.refresh.percentage} %`);
    console.log(table(status.machines));
  });

function table(machines: FleetMachine[]): string {
  const rows = new Table({ head: ['machine', 'address', 'release', 'health', 'age'], style: { head: [], border: [] } });
  for (const { id, address, release, health, reason, launchedAt } of machines) {
    rows.push([id, address, release, reason ? `${health}: ${reason}` : health, age(launchedAt)]);
  }
  return rows.toString();
}

/** The time since `date`, in its two largest units. */
function age(date: Date): string {
  const seconds = Math.max(0, Math.floor((Date.now() - date.getTime()) / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

await run(program);
