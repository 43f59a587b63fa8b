import pc from 'picocolors';
import { releaseIdOf } from '../common/release-id.ts';
import { terminalTable } from '../common/tables.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { endpointOf } from '../deployments/endpoint.ts';
import { Fleet } from '../deployments/fleet.ts';
import { deployedTemplate, type FleetMachine, type MachineDetails } from '../deployments/fleet-status.ts';
import { problemOf } from '../deployments/health.ts';
import { ringingAlarms } from '../deployments/ringing-alarms.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';

const program = createCommand(
  'status',
  'Show each machine (id, address, release, health, age) and the alarms that ring. STAGE=<name> chooses the stage.',
)
  .option('--json', 'print JSON for other programs')
  .action(async ({ json }: { json?: boolean }) => {
    const { target, outputs } = await findDeployed(await loadStage(stageName()));
    const fleet = new Fleet(target.access, outputs);
    const status = await fleet.status();
    const machines = await fleet.details(status.machines);
    const template = deployedTemplate(outputs);
    const problem = template && problemOf(status, template);
    const { url } = endpointOf(target, outputs);
    const alarms = outputs.stack === undefined ? [] : await ringingAlarms(target.access, outputs.stack);
    if (json)
      return console.log(
        JSON.stringify(
          { url, release: outputs.release, problem: problem ?? null, ...status, alarms, machines },
          null,
          2,
        ),
      );
    console.log(`${pc.bold(url)}, release ${releaseIdOf(outputs.release)}, ${status.desired} machines desired`);
    if (problem) console.log(pc.red(`This release does not serve on every machine: ${problem}`));
    for (const { name, description, since } of alarms)
      console.log(pc.red(`${name} rings since ${since.toISOString()}: ${description}`));
    console.log(terminalTable(['machine', 'address', 'release', 'health', 'age'], machines.map(rowOf)));
  });

function rowOf({ id, address, release, health, reason, launchedAt }: FleetMachine & MachineDetails): string[] {
  return [id, address, release, reason ? `${health}: ${reason}` : health, age(launchedAt)];
}

// In the two largest units.
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
