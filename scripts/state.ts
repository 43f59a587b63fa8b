import { plannedStack } from '../deployments/planned-stack.ts';
import { loadStage } from '../stages/load.ts';
import { terraformCommands } from '../terraform/commands.ts';
import { Terraform } from '../terraform/terraform.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { tellUnderWay } from './steps/deployed.ts';
import { isHeld } from './steps/hold.ts';

const program = createCommand(
  'state',
  'List the resources in the Terraform state, or show one of them. STAGE=<name> chooses the stage.',
)
  .argument('[resource]', 'the address of a resource, as in the list')
  .action(async (resource: string | undefined) => {
    const stage = await loadStage(stageName());
    const stack = plannedStack(stage);
    if (!(await isHeld(stage))) await tellUnderWay(stage);
    const hasColours = process.stdout.isTTY === true;
    await new Terraform(stack, process.env).state(
      resource ? terraformCommands.stateShow(stack, resource, hasColours) : terraformCommands.stateList(stack),
    );
  });

await run(program);
