import { randomUUID } from 'node:crypto';
import { CallError } from '../protocols/call-error.ts';
import { type Input, textAt, textsOf } from '../protocols/input.ts';
import type { Answers } from './gateway.ts';

type RefreshStatus = 'InProgress' | 'Successful' | 'Failed' | 'Cancelling' | 'Cancelled';

/** An instance refresh of an Auto Scaling group. */
export interface Refresh {
  id: string;
  group: string;
  status: RefreshStatus;
  reason: string | undefined;
  startedAt: Date;
  endedAt: Date | undefined;
  /** The machines to replace, and those of them that are left. */
  total: number;
  left: number;
}

/** The records of all instance refreshes. */
export class Refreshes {
  readonly #byGroup = new Map<string, Refresh[]>();

  /** Records a new refresh; a group has at most one in progress. */
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

  /** Returns the refreshes of a group, the newest first. */
  of(group: string): Refresh[] {
    return this.#byGroup.get(group) ?? [];
  }

  active(group: string): Refresh | undefined {
    return this.of(group).find((refresh) => refresh.endedAt === undefined);
  }

  /** Returns the refreshes of all groups that are in progress. */
  underWay(): Refresh[] {
    return [...this.#byGroup.values()].flat().filter(({ endedAt }) => endedAt === undefined);
  }

  end(refresh: Refresh, status: RefreshStatus, reason?: string): void {
    Object.assign(refresh, { status, reason, endedAt: new Date() });
  }
}

/** Answers the calls that start, describe and cancel instance refreshes; `onStart` carries one out. */
export function refreshAnswers(refreshes: Refreshes, onStart: (refresh: Refresh) => void): Answers {
  return {
    'autoscaling:StartInstanceRefresh': (input) => {
      const refresh = refreshes.start(groupOf(input));
      onStart(refresh);
      return { InstanceRefreshId: refresh.id };
    },
    'autoscaling:DescribeInstanceRefreshes': (input) => ({
      InstanceRefreshes: requested(input, refreshes.of(groupOf(input))).map(refreshDescription),
    }),
    'autoscaling:CancelInstanceRefresh': (input) => {
      const refresh = refreshes.active(groupOf(input));
      if (!refresh) throw new CallError('ActiveInstanceRefreshNotFound', 'No instance refresh is in progress');
      refresh.status = 'Cancelling';
      return { InstanceRefreshId: refresh.id };
    },
  };
}

// The Terraform provider names the refresh that it started, and fails if there is more than one in the answer.
function requested(input: Input, refreshes: Refresh[]): Refresh[] {
  const ids = textsOf(input.InstanceRefreshIds);
  return ids.length === 0 ? refreshes : refreshes.filter(({ id }) => ids.includes(id));
}

function groupOf(input: Input): string {
  return textAt(input, 'AutoScalingGroupName');
}

function refreshDescription(refresh: Refresh) {
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
