import { monitoringArchive, releaseArchive } from './release-archive.ts';

/** A release and an image for a synthesis from which nothing is built. */
export const placeholders = {
  release: releaseArchive('/nowhere', '0'.repeat(64), '/nowhere'),
  monitoring: monitoringArchive('/nowhere', '0'.repeat(64)),
  image: { id: 'ami-0', rootDevice: '/dev/xvda' },
};
