import { releaseIdIn } from '../../common/release-id.ts';
import type { Cloud } from './cloud.ts';
import type { Member } from './roster.ts';

/** One machine, as `make status` shows it. */
export interface MachineStatus {
  id: string;
  group: string;
  address: string;
  release: string | undefined;
  state: string;
  health: string;
  reason: string | undefined;
  startedAt: string;
  /** From the start of its boot to its first passed health check. */
  healthyAfterSeconds: number | undefined;
}

/** What the running rehearsal says of itself. */
export interface CloudStatus {
  /** True once machines can boot. */
  ready: boolean;
  certificateArn: string;
  storeEndpoint: string;
  machines: MachineStatus[];
}

export function machineStatuses(cloud: Cloud): MachineStatus[] {
  return [...cloud.members.values()].map(statusOf);
}

function statusOf({ instance, state, startedAt, healthyAt, targets }: Member): MachineStatus {
  const [target] = [...targets.values()].sort(
    (a, b) => (a.state === 'healthy' ? 1 : 0) - (b.state === 'healthy' ? 1 : 0),
  );
  return {
    id: instance.id,
    group: instance.group,
    address: instance.address,
    release: releaseIdIn(instance.userData),
    state,
    health: state === 'leaving' ? 'draining' : (target?.state ?? 'not asked'),
    reason: state === 'running' ? target?.reason : undefined,
    startedAt: startedAt.toISOString(),
    healthyAfterSeconds: healthyAt && (healthyAt.getTime() - startedAt.getTime()) / 1000,
  };
}
