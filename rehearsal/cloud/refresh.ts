import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../clock.ts';
import type { DesiredState, Group, LaunchTemplate } from '../emulator/desired-state.ts';
import type { Refresh, Refreshes } from '../gateway/instance-refresh.ts';
import { type FleetMember, isHealthy, isStaying } from './member.ts';
import type { Scaling } from './scaling.ts';

export interface RefresherProps {
  refreshes: Refreshes;
  members: () => ReadonlyMap<string, FleetMember>;
  readDesiredState: () => Promise<DesiredState>;
  scaling: Pick<Scaling, 'terminate' | 'setDesiredCapacity'>;
  clock: Clock;
}

const pollMilliseconds = 250;

/** How long a new machine may take to become healthy, beyond its group's grace period. */
const healthyTimeoutMilliseconds = 60_000;

/** Carries out instance refreshes: replaces the machines of a group one by one, each after its successor is healthy. */
export class Refresher {
  readonly #props: RefresherProps;

  constructor(props: RefresherProps) {
    this.#props = props;
  }

  async carryOut(refresh: Refresh): Promise<void> {
    const { refreshes } = this.#props;
    try {
      // A launch template that changes during the refresh is the next refresh's.
      const goal = (await this.#group(refresh.group)).launchTemplate;
      while (await this.#replaceOne(refresh, goal));
      refreshes.end(refresh, isCancelled(refresh) ? 'Cancelled' : 'Successful');
    } catch (error) {
      refreshes.end(refresh, isCancelled(refresh) ? 'Cancelled' : 'Failed', (error as Error).message);
    }
  }

  // Returns false when there is nothing left to replace.
  async #replaceOne(refresh: Refresh, goal: LaunchTemplate | undefined): Promise<boolean> {
    const group = await this.#group(refresh.group);
    const old = this.#membersOf(group.name).filter(({ instance }) => !isDeepStrictEqual(instance.launchTemplate, goal));
    refresh.total = Math.max(refresh.total, old.length);
    refresh.left = old.length;
    const [next] = old;
    if (!next || isCancelled(refresh)) return false;
    await this.#addOne(group, goal, refresh);
    await this.#props.scaling.terminate(next.instance.id, true);
    const isRetired = () => next.state === 'leaving' || !this.#props.members().has(next.instance.id);
    await this.#until(isRetired, group, refresh);
    return true;
  }

  // Adds a healthy machine, or none: one that does not become healthy is terminated.
  async #addOne(group: Group, goal: LaunchTemplate | undefined, refresh: Refresh): Promise<void> {
    const known = new Set(this.#props.members().keys());
    const added = () => this.#membersOf(group.name).filter(({ instance }) => !known.has(instance.id));
    await this.#props.scaling.setDesiredCapacity(group.name, group.desired + 1);
    try {
      const serves = () =>
        added().some((member) => isDeepStrictEqual(member.instance.launchTemplate, goal) && isHealthy(member));
      await this.#until(serves, group, refresh);
    } catch (error) {
      for (const { instance } of added()) await this.#props.scaling.terminate(instance.id, true);
      throw error;
    }
  }

  async #group(name: string): Promise<Group> {
    const { groups } = await this.#props.readDesiredState();
    const group = groups.find((found) => found.name === name);
    if (!group) throw new Error(`The Auto Scaling group ${name} is gone`);
    return group;
  }

  #membersOf(group: string): FleetMember[] {
    return [...this.#props.members().values()].filter(isStaying).filter(({ instance }) => instance.group === group);
  }

  async #until(isReached: () => boolean, group: Group, refresh: Refresh): Promise<void> {
    const { clock } = this.#props;
    const deadline = clock.now() + group.graceSeconds * 1000 + healthyTimeoutMilliseconds;
    while (!isReached()) {
      if (isCancelled(refresh)) throw new Error('It was cancelled before a new machine became healthy');
      if (clock.now() > deadline) throw new Error('A new machine did not become healthy in time');
      await clock.delay(pollMilliseconds);
    }
  }
}

// A function, because TypeScript does not expect the status to change during an await.
function isCancelled({ status }: Refresh): boolean {
  return status === 'Cancelling';
}
