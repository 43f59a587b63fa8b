import { type Deployment, deploymentFormat } from '../deployments/deployment.ts';
import { monitoringArchive } from './release-archive.ts';

const nothing = { revision: null, floor: 0, ceiling: 0 };

/** What a stage has before its first deployment. */
const deployment: Deployment = {
  ...{ format: deploymentFormat, phase: 'steady', live: 'blue', revisions: {}, history: [] },
  strategy: { kind: 'recreate', bakeSeconds: 0, stepTimeoutSeconds: 1 },
  ...{ tracks: { blue: nothing, green: nothing }, weights: { blue: 100, green: 0 }, sticky: false },
  ...{ size: { min: 1, max: 1 }, keepRevisions: 1, progress: null, last: null },
};

/** What a synthesis needs from which nothing is built. */
export const placeholders = {
  deployment,
  monitoring: monitoringArchive('/nowhere', '0'.repeat(64)),
  image: { id: 'ami-0', rootDevice: '/dev/xvda' },
};
