import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import type { Requirement } from './dependents.ts';
import { type Policy, type Principal, statementsOf } from './principal.ts';

const reduced = new WeakMap<Policy, Map<string, Policy>>();

/** Returns why a principal is not allowed what a request requires, in AWS's words; undefined if it is. */
export function reasonAgainst(principal: Principal, requirement: Requirement): string | undefined {
  const { policies, boundary } = principal;
  const { action } = requirement;
  const byIdentity = resultOf(policies, principal, requirement);
  if (byIdentity === 'ExplicitlyDenied') return 'with an explicit deny in an identity-based policy';
  const byBoundary = boundary ? resultOf([boundary], principal, requirement) : 'Allowed';
  if (byBoundary === 'ExplicitlyDenied') return 'with an explicit deny in a permissions boundary';
  if (byIdentity !== 'Allowed') return `because no identity-based policy allows the ${action} action`;
  return byBoundary === 'Allowed' ? undefined : `because no permissions boundary allows the ${action} action`;
}

/** Tells whether what a principal may do with an action depends on the tags of resources. */
export function dependsOnTags({ policies, boundary }: Principal, action: string): boolean {
  const relevant = [...policies, ...(boundary ? [boundary] : [])].map((policy) => about(action, policy));
  return /ResourceTag\//i.test(JSON.stringify(relevant));
}

function resultOf(policies: Policy[], principal: Principal, { action, resource, context }: Requirement) {
  const account = principal.arn.split(':')[4] ?? '';
  const simulation = {
    request: {
      principal: principal.arn,
      action,
      resource: { resource: literal(resource.arn), accountId: account },
      contextVariables: context,
    },
    identityPolicies: policies.map((policy, index) => ({ name: String(index), policy: about(action, policy) })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
  return runUnsafeSimulation(simulation, {});
}

// In a request, AWS compares `*` like any other character; the simulation would take it for all resources at once.
function literal(arn: string): string {
  return arn === '*' ? 'arn:-:-:-:-:-' : arn.replaceAll('*', '-');
}

// A simulation compares all actions of all statements, which costs most of its time.
function about(action: string, policy: Policy): Policy {
  const known = reduced.get(policy) ?? new Map<string, Policy>();
  reduced.set(policy, known);
  const found = known.get(action) ?? {
    ...policy,
    Statement: statementsOf(policy)
      .filter((statement) => names(statement.Action, action))
      .map((statement) => (statement.Action ? { ...statement, Action: action } : statement)),
  };
  known.set(action, found);
  return found;
}

function names(patterns: string | string[] | undefined, action: string): boolean {
  if (patterns === undefined) return true;
  return [patterns].flat().some((pattern) => {
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${escaped}$`, 'i').test(action);
  });
}
