import type { CloudClient } from './client.ts';
import { ensureMoto, ensurePackages } from './install.ts';
import type { Place } from './place.ts';
import { assertPreconditions } from './preconditions.ts';
import { startCloud } from './start.ts';

/** Returns a client of the place's cloud; installs what is missing and starts the cloud where it does not run. */
export async function ensureCloud(place: Place, region: string, report: (line: string) => void): Promise<CloudClient> {
  assertPreconditions();
  await ensurePackages(report);
  const moto = await ensureMoto(report);
  report('starting the emulated AWS');
  return startCloud({ place, region, moto });
}
