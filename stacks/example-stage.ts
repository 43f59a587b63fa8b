import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutFolder } from '../common/paths.ts';
import { parseSettings, type Stage } from '../stages/load.ts';

/** The account of examples. */
export const exampleAccount = '123456789012';

/** A stage on AWS that uses each optional resource: the shipped rehearsal with what only AWS has. */
export function exampleStage(): Stage {
  const file = 'stages/rehearsal.yaml';
  const settings = parseSettings(readFileSync(join(checkoutFolder, file), 'utf8'), file);
  return {
    name: 'production',
    settings: {
      ...settings,
      cloud: 'aws',
      account: exampleAccount,
      permissionsBoundary: `arn:aws:iam::${exampleAccount}:policy/intent-fleet-production-machines`,
      state: { backend: 's3', bucket: 'my-terraform-state', region: settings.region },
      balancer: {
        ...settings.balancer,
        certificate: { from: 'domain', domain: 'intents.example.com', zone: 'Z0123456789' },
        accessLogs: { bucket: 'my-access-logs' },
      },
    },
  };
}
