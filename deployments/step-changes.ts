import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../common/errors.ts';
import { readableAddress } from '../common/readable-address.ts';
import { changedAttributes, changesOf, type Kind, kindOf, type PlanDocument } from '../terraform/plan.ts';

/** A change of a resource by a step of a deployment. */
export interface StepChange {
  address: string;
  /** Such as `aws_lb_listener`. */
  type: string;
  kind: Kind;
  /** The names of the attributes that an update changes. */
  attributes: string[];
}

/** What a step of a deployment may change in place: the attributes, by the type of the resource. */
const changed = new Map([
  ['aws_autoscaling_group', ['desired_capacity', 'launch_template', 'max_size', 'min_size']],
  ['aws_lb_listener', ['default_action']],
  // Whether a forgotten deployment calls a person depends on what is wanted.
  ['aws_cloudwatch_metric_alarm', ['actions_enabled']],
]);

/** What comes and goes with a track's first revision, with its schedules, and with a revision that is no longer kept. */
const createdOrDeleted = new Set([
  ...['aws_autoscaling_group', 'aws_autoscaling_policy', 'aws_autoscaling_schedule'],
  ...['aws_launch_template', 'aws_s3_object'],
]);

/** Returns what a plan changes. */
export function changesIn(plan: PlanDocument): StepChange[] {
  return changesOf(plan).map((resource) => {
    const { address, type } = resource;
    const kind = kindOf(resource);
    return { address, type, kind, attributes: kind === 'update' ? changedAttributes(resource) : [] };
  });
}

/** Tells whether a step changes sizes or weights alone, and not both at once: listener and groups have no order. */
export function isStepAlone(changes: readonly StepChange[]): boolean {
  return changes.every(belongsToStep) && !changesBoth(changes);
}

/** Refuses a step that would change more: whatever else changes was not asked for. */
export function assertStepAlone(changes: readonly StepChange[]): void {
  const others = changes.filter((change) => !belongsToStep(change));
  if (others.length > 0)
    throw new UserError(
      [
        'This step of the deployment would change more than sizes or weights:',
        ...others.map((change) => `  ${describeChange(change)}`),
        'Put the settings back to what is deployed, then type the command again.',
      ].join('\n'),
    );
  if (changesBoth(changes)) throw new Error('A step changes sizes and weights at once');
}

function changesBoth(changes: readonly StepChange[]): boolean {
  const types = new Set(changes.map(({ type }) => type));
  return types.has('aws_lb_listener') && types.has('aws_autoscaling_group');
}

function belongsToStep(change: StepChange): boolean {
  const { type, kind } = change;
  if (kind === 'update') return changed.has(type) && attributesOfOthers(change).length === 0;
  return (kind === 'create' || kind === 'delete') && (createdOrDeleted.has(type) || isOfComparison(change));
}

// The rules that keep the holders of API keys at one track, and what tells machines of a shadow.
function isOfComparison({ address }: StepChange): boolean {
  return /^(?:aws_lb_listener_rule\.balancer_keys-rule-|aws_ssm_parameter\.shadow_)/.test(address);
}

function attributesOfOthers({ type, attributes }: StepChange): string[] {
  return attributes.filter((name) => !changed.get(type)?.includes(name));
}

function describeChange(change: StepChange): string {
  const attributes = attributesOfOthers(change);
  const address = readableAddress(change.address);
  return attributes.length > 0 ? `${address}: ${attributes.join(', ')}` : address;
}

/** A synthesized stack as Terraform reads it: the resources by type and name. */
export interface SynthesizedStack {
  resource?: Record<string, Record<string, Record<string, unknown>>>;
}

/** What Terraform reads of a resource, but does not give to it. */
const metaArguments = new Set(['//', 'depends_on', 'lifecycle']);

/** Returns what another synthesis of a stack changes that was applied: without a plan, which takes Terraform seconds. */
export function changesBetween(applied: SynthesizedStack, next: SynthesizedStack): StepChange[] {
  const [before, after] = [resourcesOf(applied), resourcesOf(next)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((address): StepChange[] => {
    const [old, now] = [before.get(address), after.get(address)];
    const change = { address, type: address.split('.')[0] ?? '', attributes: [] };
    if (!old) return [{ ...change, kind: 'create' }];
    if (!now) return [{ ...change, kind: 'delete' }];
    const attributes = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
      (name) => !metaArguments.has(name) && !isDeepStrictEqual(old[name], now[name]),
    );
    return attributes.length > 0 ? [{ ...change, kind: 'update', attributes }] : [];
  });
}

function resourcesOf({ resource = {} }: SynthesizedStack): Map<string, Record<string, unknown>> {
  return new Map(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, properties]) => [`${type}.${name}`, properties] as const),
    ),
  );
}
