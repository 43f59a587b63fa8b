import { type MachineUserData, renderUserData } from '../bootstrap/user-data.ts';
import type { MonitoringArchive } from './release-archive.ts';
import { bucketName, releaseUrl, type Site } from './site.ts';

/** Returns the first script of the machines that run an archive, in base64. */
export function userDataOf(
  archive: Pick<MonitoringArchive, 'key' | 'sha256'>,
  variables: MachineUserData['variables'],
  stack: string,
  region: string,
  site: Site,
): string {
  const url = releaseUrl(bucketName(stack, site), region, archive, site);
  return Buffer.from(renderUserData({ release: { url, sha256: archive.sha256, region }, variables })).toString(
    'base64',
  );
}
