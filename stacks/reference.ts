import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tables } from '../common/generated-tables.ts';
import { checkoutFolder } from '../common/paths.ts';
import { markdownTable } from '../common/tables.ts';
import { parseSettings, type Stage } from '../stages/load.ts';
import { deployerPolicy } from './permissions/deployer.ts';
import type { Conditions } from './permissions/policy.ts';
import { scopeOf } from './permissions/scope.ts';

/** The generated tables in the documentation of the stacks, by page and name. */
export const stackTables: Record<string, Tables> = { 'docs/permissions.md': { deployer: deployerTable } };

function deployerTable(): string {
  const { Statement } = deployerPolicy(scopeOf(exampleStage(), '123456789012'));
  const rows = Statement.map(({ Sid, Action, Resource, Condition }) => [
    Sid,
    listed(Action),
    listed(Resource),
    conditionsOf(Condition),
  ]);
  return markdownTable(['statement', 'calls', 'on', 'where'], rows);
}

/** A stage that needs each statement. */
function exampleStage(): Stage {
  const file = 'stages/rehearsal.yaml';
  const settings = parseSettings(readFileSync(join(checkoutFolder, file), 'utf8'), file);
  return {
    name: 'production',
    settings: {
      ...settings,
      permissionsBoundary: 'arn:aws:iam::123456789012:policy/intent-fleet-production-machines',
      state: { backend: 's3', bucket: 'my-terraform-state', region: settings.region },
      balancer: {
        ...settings.balancer,
        certificate: { from: 'domain', domain: 'intents.example.com', zone: 'Z0123456789' },
      },
    },
  };
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
