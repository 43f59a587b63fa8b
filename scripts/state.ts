import { existsSync } from 'node:fs';
import { UserError } from '../common/errors.ts';
import { stackFolder } from '../stacks/synthesize.ts';
import { loadStage } from '../stages/load.ts';
import { terraformCommands } from '../terraform/commands.ts';
import { Terraform } from '../terraform/terraform.ts';
import { command, run, stageName } from './command-line/command.ts';

const program = command(
  'state',
  'List what Terraform holds, or show one resource of it. STAGE=<name> chooses the stage.',
)
  .argument('[resource]', 'the address of a resource, as the list has it')
  .action(async (resource: string | undefined) => {
    const stage = await loadStage(stageName());
    const stack = stackFolder(stage);
    if (!existsSync(stack)) {
      throw new UserError(
        `${stage.name} was never planned in this checkout. Plan it with: make plan STAGE=${stage.name}`,
      );
    }
    const colour = process.stdout.isTTY === true;
    await new Terraform(stack, process.env).state(
      resource ? terraformCommands.stateShow(stack, resource, colour) : terraformCommands.stateList(stack),
    );
  });

await run(program);
