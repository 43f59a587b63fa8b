import { closestMatch } from 'leven';
import { UserError } from '../common/errors.ts';
import { readableAddress } from '../common/readable-address.ts';
import { plannedStack } from '../deployments/planned-stack.ts';
import { loadStage } from '../stages/load.ts';
import { Terraform } from '../terraform/terraform.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { tellUnderWay } from './steps/deployed.ts';
import { ensureTerraform } from './steps/ensure-terraform.ts';
import { isHeld } from './steps/hold.ts';

/** Returns the address of a resource that is named by it, or as a plan shows it. */
function addressOf(resource: string, addresses: readonly string[]): string {
  const found = addresses.find((address) => [address, readableAddress(address)].includes(resource));
  if (found !== undefined) return found;
  const similar = closestMatch(resource, addresses.map(readableAddress));
  throw new UserError(
    `RESOURCE=${resource}: expected a resource of the state, such as ${similar}. List them with: make state`,
  );
}

const program = createCommand(
  'state',
  'List the resources in the Terraform state, or show one of them. STAGE=<name> chooses the stage.',
)
  .argument('[resource]', 'the address of a resource, as in the list or in a plan')
  .action(async (resource: string | undefined) => {
    const stage = await loadStage(stageName());
    await ensureTerraform();
    const terraform = new Terraform(plannedStack(stage), process.env);
    if (!(await isHeld(stage))) await tellUnderWay(stage);
    const addresses = await terraform.stateList();
    if (addresses.length === 0)
      throw new UserError(`The state of ${stage.name} has no resources. Deploy with: make apply STAGE=${stage.name}`);
    if (resource === undefined) return console.log(addresses.join('\n'));
    console.log(await terraform.stateShow(addressOf(resource, addresses), process.stdout.isTTY === true));
  });

await run(program);
