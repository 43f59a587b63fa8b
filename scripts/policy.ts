import { Argument } from 'commander';
import { UserError } from '../common/errors.ts';
import { deployerPolicies } from '../stacks/permissions/deployer.ts';
import { machinesBoundary } from '../stacks/permissions/machines.ts';
import { type Scope, scopeOf } from '../stacks/permissions/scope.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';

const policies = {
  deployer: (scope: Scope) => deployerPolicies(scope).deployer,
  'deployer-services': (scope: Scope) => deployerPolicies(scope)['deployer-services'],
  machines: machinesBoundary,
};

const program = createCommand('policy', 'Print an IAM policy of a stage as JSON. STAGE=<name> chooses the stage.')
  .addArgument(
    new Argument(
      '[of]',
      'deployer and deployer-services: the two of whoever deploys the stage. machines: the boundary of the role of its machines',
    )
      .choices(Object.keys(policies))
      .default('deployer'),
  )
  .action(async (of: keyof typeof policies) => {
    const stage = await loadStage(stageName());
    console.log(JSON.stringify(policies[of](scopeOf(stage, accountOf(stage))), null, 2));
  });

function accountOf({ name, settings: { account } }: Stage): string {
  if (account !== undefined) return account;
  throw new UserError(`stages/${name}.yaml: account: expected the id of the account that the policy is for, got none`);
}

await run(program);
