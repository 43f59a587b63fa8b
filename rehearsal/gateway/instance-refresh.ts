import { randomUUID } from 'node:crypto';
import { type Answers, CallError } from './gateway.ts';
import { members } from './query.ts';

export type RefreshStatus = 'InProgress' | 'Successful' | 'Failed' | 'Cancelling' | 'Cancelled';

/** What is known of one instance refresh, in the words of Auto Scaling. */
export interface Refresh {
  id: string;
  group: string;
  status: RefreshStatus;
  reason: string | undefined;
  startedAt: Date;
  endedAt: Date | undefined;
  /** Machines that are to be replaced in all, and those still to be. */
  total: number;
  left: number;
}

/** The instance refreshes of all groups: asked for here, carried out elsewhere. */
export class Refreshes {
  readonly #byGroup = new Map<string, Refresh[]>();

  /** Begins one; a group has at most one under way. */
  start(group: string): Refresh {
    if (this.active(group))
      throw new CallError('InstanceRefreshInProgress', `An instance refresh of ${group} is in progress`);
    const refresh: Refresh = {
      id: randomUUID(),
      group,
      status: 'InProgress',
      reason: undefined,
      startedAt: new Date(),
      endedAt: undefined,
      total: 0,
      left: 0,
    };
    this.#byGroup.set(group, [refresh, ...this.of(group)]);
    return refresh;
  }

  /** The newest first. */
  of(group: string): Refresh[] {
    return this.#byGroup.get(group) ?? [];
  }

  active(group: string): Refresh | undefined {
    return this.of(group).find((refresh) => refresh.endedAt === undefined);
  }

  /** Those of all groups that are not over. */
  underWay(): Refresh[] {
    return [...this.#byGroup.values()].flat().filter(({ endedAt }) => endedAt === undefined);
  }

  end(refresh: Refresh, status: RefreshStatus, reason?: string): void {
    Object.assign(refresh, { status, reason, endedAt: new Date() });
  }
}

/** Answers the calls of instance refreshes; `onStart` is told of each new one. */
export function refreshAnswers(refreshes: Refreshes, onStart: (refresh: Refresh) => void): Answers {
  return {
    'autoscaling:StartInstanceRefresh': (parameters) => {
      const refresh = refreshes.start(groupOf(parameters));
      onStart(refresh);
      return { InstanceRefreshId: refresh.id };
    },
    'autoscaling:DescribeInstanceRefreshes': (parameters) => ({
      InstanceRefreshes: asked(parameters, refreshes.of(groupOf(parameters))).map(describe),
    }),
    'autoscaling:CancelInstanceRefresh': (parameters) => {
      const refresh = refreshes.active(groupOf(parameters));
      if (!refresh) throw new CallError('ActiveInstanceRefreshNotFound', 'No instance refresh is in progress');
      refresh.status = 'Cancelling';
      return { InstanceRefreshId: refresh.id };
    },
  };
}

// The provider asks for the one that it started, and takes a second one for a fault.
function asked(parameters: URLSearchParams, refreshes: Refresh[]): Refresh[] {
  const ids = members(parameters, 'InstanceRefreshIds');
  return ids.length === 0 ? refreshes : refreshes.filter(({ id }) => ids.includes(id));
}

function groupOf(parameters: URLSearchParams): string {
  return parameters.get('AutoScalingGroupName') ?? '';
}

function describe(refresh: Refresh) {
  const { id, group, status, reason, startedAt, endedAt, left } = refresh;
  return {
    InstanceRefreshId: id,
    AutoScalingGroupName: group,
    Status: status,
    StatusReason: reason,
    StartTime: startedAt.toISOString(),
    EndTime: endedAt?.toISOString(),
    PercentageComplete: percentage(refresh),
    InstancesToUpdate: left,
  };
}

function percentage({ total, left, endedAt }: Refresh): number {
  if (total === 0) return endedAt ? 100 : 0;
  return Math.floor((100 * (total - left)) / total);
}
