import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { parseSettings, type Stage } from '../../../stages/load.ts';

const shipped = readFileSync(join(import.meta.dirname, '../../../stages/production.yaml'), 'utf8');

export const accountId = '123456789012';

/** The shipped production stage with its blanks filled in, and other values of some settings. */
export function productionStage(values: { name?: string; region?: string; [key: string]: unknown } = {}): Stage {
  const { state, balancer, ...rest } = parse(shipped);
  const certificate = { from: 'domain', domain: 'intents.example.com', zone: 'Z0123456789' };
  const settings = {
    ...rest,
    account: accountId,
    state: { ...state, bucket: 'my-terraform-state' },
    balancer: { ...balancer, certificate },
    ...values,
  };
  return { name: 'production', settings: parseSettings(stringify(settings), 'production.yaml') };
}
