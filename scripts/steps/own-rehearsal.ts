import { setTimeout as delay } from 'node:timers/promises';
import type { Target } from '../../acceptance/target.ts';
import { InterruptedError, UserError } from '../../common/errors.ts';
import { checkoutFolder } from '../../common/paths.ts';
import { regionOf } from '../../common/region-of.ts';
import type { BalancerPorts } from '../../rehearsal/balancer/listener-ports.ts';
import type { CloudClient } from '../../rehearsal/client.ts';
import { ensureCloud } from '../../rehearsal/ensure-cloud.ts';
import { ensureImage } from '../../rehearsal/image/build.ts';
import { type Place, placeBeside } from '../../rehearsal/place.ts';
import { registered } from '../../rehearsal/registration.ts';
import { removeCloud } from '../../rehearsal/stop.ts';
import { endingSignals } from '../command-line/command.ts';

const namePattern = /^[a-z][a-z0-9-]{0,19}$/;

/** Returns the place of the rehearsal that NAME names, which is no stage's. */
export function ownPlace(environment: NodeJS.ProcessEnv = process.env): Place {
  const name = environment.NAME || 'aws';
  if (!namePattern.test(name))
    throw new UserError(`NAME=${name}: expected at most 20 lower-case letters, digits and hyphens, a letter first`);
  return placeBeside(checkoutFolder, name);
}

export interface OwnRehearsal {
  client: CloudClient;
  region: string;
  certificateArn: string;
  ports: BalancerPorts;
}

/** Returns a running rehearsal, which can boot machines; starts it where it does not run. A signal removes what it started. */
export async function startOwn(place: Place, region: string, report: (line: string) => void): Promise<OwnRehearsal> {
  const wasThere = (await registered(place)) !== undefined;
  const interruption = Promise.withResolvers<never>();
  const interrupt = (signal: NodeJS.Signals) =>
    interruption.reject(new InterruptedError('The start was interrupted; nothing of it is left', signal));
  for (const signal of endingSignals) process.once(signal, interrupt);
  try {
    return await Promise.race([start(place, region, report), interruption.promise]);
  } catch (error) {
    if (!wasThere) await removeCloud(place);
    throw error;
  } finally {
    for (const signal of endingSignals) process.removeListener(signal, interrupt);
  }
}

/** Returns a rehearsal as a target of the acceptance checks. */
export async function acceptanceRehearsal({ client, region }: OwnRehearsal): Promise<Target> {
  const { storeEndpoint } = await client.status();
  const access = { region, endpoint: client.endpoint, credentials: client.accessKey };
  const url = `http://localhost:${client.place.ports.http}`;
  return { name: 'rehearsal', access, url, store: storeEndpoint, pace: 10 };
}

async function start(place: Place, region: string, report: (line: string) => void): Promise<OwnRehearsal> {
  const client = await ensureCloud(place, region, report);
  await ensureImage(report);
  for (;;) {
    const { ready, certificateArn, ports } = await client.status();
    const running = regionOf(certificateArn);
    if (running !== region)
      throw new UserError(
        `AWS_REGION=${region}: the rehearsal that runs is in ${running}. End it: make rehearsal-stop`,
      );
    if (ready) return { client, region, certificateArn, ports };
    await delay(200);
  }
}
