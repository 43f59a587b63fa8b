import type { Tables } from '../common/generated-tables.ts';
import { markdownTable } from '../common/tables.ts';
import { exampleAccount, exampleStage } from './example-stage.ts';
import { deployerPolicies } from './permissions/deployer.ts';
import type { Conditions } from './permissions/policy.ts';
import { scopeOf } from './permissions/scope.ts';

/** The generated tables in the documentation of the stacks, by page and name. */
export const stackTables: Record<string, Tables> = {
  'docs/permissions.md': {
    deployer: () => deployerTable('deployer'),
    'deployer-services': () => deployerTable('deployer-services'),
  },
};

function deployerTable(of: 'deployer' | 'deployer-services'): string {
  const { Statement } = deployerPolicies(scopeOf(exampleStage(), exampleAccount))[of];
  const rows = Statement.map(({ Sid, Action, Resource, Condition }) => [
    Sid,
    listed(Action),
    listed(Resource),
    conditionsOf(Condition),
  ]);
  return markdownTable(['statement', 'calls', 'on', 'where'], rows);
}

function listed(values: string | readonly string[]): string {
  return [values]
    .flat()
    .map((value) => `\`${value}\``)
    .join(' ');
}

function conditionsOf(conditions: Conditions = {}): string {
  const all = Object.values(conditions).flatMap((keys) => Object.entries(keys));
  return all.map(([key, values]) => `\`${key}\` is ${listed(values)}`).join('; ');
}
