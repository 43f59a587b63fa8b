import { UserError } from '../common/errors.ts';
import { readableAddress } from '../common/readable-address.ts';
import { isOfMonitoring } from '../stacks/monitoring-names.ts';
import { changesOf, type PlanDocument, type ResourceChange } from '../terraform/plan.ts';

/** Types of resources without which a stage does not serve, and the setting that replaces each. */
const settings: Record<string, string> = {
  aws_vpc: 'network.cidr',
  aws_subnet: 'network.cidr',
  aws_internet_gateway: 'network',
  aws_lb: 'name',
  aws_lb_target_group: 'name',
  aws_autoscaling_group: 'name',
};

/** Refuses a plan that replaces or deletes what a live stage cannot do without. */
export function assertNoOutage(plan: PlanDocument): void {
  const lost = changesOf(plan).filter((resource) => serves(resource) && resource.change.actions.includes('delete'));
  if (lost.length === 0 || !isLive(plan)) return;
  const lines = lost.map(({ type, address }) => `  ${readableAddress(address)} (${settings[type]})`);
  throw new UserError(
    [
      'This plan would take the stage out of service, because it replaces:',
      ...lines,
      'Put the old value back. To build the stage anew: make destroy, then make apply',
    ].join('\n'),
  );
}

// A stage serves without its monitoring machine.
function serves({ type, address }: Pick<ResourceChange, 'type' | 'address'>): boolean {
  return type in settings && !isOfMonitoring(address);
}

// Before the group of machines exists, nothing serves: Terraform replaces what it was creating when it was interrupted.
function isLive({ resource_changes: changes = [] }: PlanDocument): boolean {
  return changes.some(
    (resource) => resource.type === 'aws_autoscaling_group' && serves(resource) && resource.change.before !== null,
  );
}
