import { UserError } from '../common/errors.ts';
import { readableAddress } from '../common/readable-address.ts';
import type { PlannedChange } from '../terraform/events.ts';

/** What a step of a deployment may change in place. */
const changed = new Set([
  'aws_autoscaling_group',
  'aws_lb_listener',
  // Whether a forgotten deployment calls a person depends on what is wanted.
  'aws_cloudwatch_metric_alarm',
]);

/** What comes and goes with a track's first revision, with its schedules, and with a revision that is no longer kept. */
const createdOrDeleted = new Set([
  ...['aws_autoscaling_group', 'aws_autoscaling_policy', 'aws_autoscaling_schedule'],
  ...['aws_launch_template', 'aws_s3_object'],
]);

/** Tells whether a plan changes sizes or weights alone, and not both at once: listener and groups have no order. */
export function isStepAlone(resources: readonly PlannedChange[]): boolean {
  return resources.every(belongsToStep) && !changesBoth(resources);
}

/** Refuses the plan of a step that would change more: whatever else changes was not asked for. */
export function assertStepAlone(resources: readonly PlannedChange[]): void {
  const others = resources.filter((change) => !belongsToStep(change));
  if (others.length > 0)
    throw new UserError(
      [
        'This step of the deployment would change more than sizes or weights:',
        ...others.map(({ address }) => `  ${readableAddress(address)}`),
        'Put the settings back to what is deployed, then type the command again.',
      ].join('\n'),
    );
  if (changesBoth(resources)) throw new Error('A step changes sizes and weights at once');
}

function changesBoth(resources: readonly PlannedChange[]): boolean {
  const types = new Set(resources.map(({ type }) => type));
  return types.has('aws_lb_listener') && types.has('aws_autoscaling_group');
}

function belongsToStep({ type, action }: PlannedChange): boolean {
  if (action === 'update') return changed.has(type);
  return (action === 'create' || action === 'delete') && createdOrDeleted.has(type);
}

/** A synthesized stack as Terraform reads it: the resources by type and name. */
export interface SynthesizedStack {
  resource?: Record<string, Record<string, object>>;
}

/** Returns what another synthesis of a stack changes that was applied: without a plan, which takes Terraform seconds. */
export function changesBetween(applied: SynthesizedStack, next: SynthesizedStack): PlannedChange[] {
  const [before, after] = [resourcesOf(applied), resourcesOf(next)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((address) => {
    const [old, now] = [before.get(address), after.get(address)];
    if (old === now) return [];
    const action = old === undefined ? 'create' : now === undefined ? 'delete' : 'update';
    return [{ address, type: address.split('.')[0] ?? '', action }];
  });
}

function resourcesOf({ resource = {} }: SynthesizedStack): Map<string, string> {
  return new Map(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, properties]) => [`${type}.${name}`, JSON.stringify(properties)] as const),
    ),
  );
}
