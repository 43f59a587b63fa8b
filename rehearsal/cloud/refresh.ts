import { setTimeout as delay } from 'node:timers/promises';
import { SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import type { Clients } from '../emulator/clients.ts';
import type { Group } from '../emulator/world.ts';
import type { Refresh, Refreshes } from '../gateway/instance-refresh.ts';
import type { Cloud } from './cloud.ts';
import { isHealthy, type Member } from './roster.ts';

const pollMilliseconds = 250;

/** How long a new machine may take beyond its group's grace period before the refresh has failed. */
const patienceMilliseconds = 60_000;

/** Replaces the machines of a group one after another: each new one is healthy before an old one goes. */
export class Refresher {
  readonly #cloud: Cloud;
  readonly #clients: Clients;
  readonly #refreshes: Refreshes;

  constructor(cloud: Cloud, clients: Clients, refreshes: Refreshes) {
    this.#cloud = cloud;
    this.#clients = clients;
    this.#refreshes = refreshes;
  }

  async carryOut(refresh: Refresh): Promise<void> {
    try {
      // What the group boots may change again while this goes on, but not what this brings.
      const goal = (await this.#group(refresh.group)).userData;
      while (await this.#replaceOne(refresh, goal));
      this.#refreshes.end(refresh, wasCancelled(refresh) ? 'Cancelled' : 'Successful');
    } catch (error) {
      this.#refreshes.end(refresh, wasCancelled(refresh) ? 'Cancelled' : 'Failed', (error as Error).message);
    }
  }

  // False when nothing is left to be done.
  async #replaceOne(refresh: Refresh, goal: string): Promise<boolean> {
    const group = await this.#group(refresh.group);
    const old = this.#members(group.name, (userData) => userData !== goal);
    refresh.total = Math.max(refresh.total, old.length);
    refresh.left = old.length;
    const [next] = old;
    if (!next || wasCancelled(refresh)) return false;
    await this.#addOne(group, goal, refresh);
    await this.#cloud.terminate(next.instance.id, true);
    await this.#until(() => next.state === 'leaving' || !this.#cloud.members.has(next.instance.id), group, refresh);
    return true;
  }

  // One machine more than there were, healthy, or none: a newcomer that never serves is withdrawn again.
  async #addOne(group: Group, goal: string, refresh: Refresh): Promise<void> {
    const known = new Set(this.#cloud.members.keys());
    const newcomers = () => this.#members(group.name, () => true).filter(({ instance }) => !known.has(instance.id));
    await this.#setDesired(group.name, group.desired + 1);
    try {
      const served = () => newcomers().some((member) => member.instance.userData === goal && isHealthy(member));
      await this.#until(served, group, refresh);
    } catch (error) {
      for (const { instance } of newcomers()) await this.#cloud.terminate(instance.id, true);
      throw error;
    }
  }

  async #group(name: string): Promise<Group> {
    const { groups } = await this.#cloud.observe();
    const group = groups.find((found) => found.name === name);
    if (!group) throw new Error(`The Auto Scaling group ${name} is gone`);
    return group;
  }

  #members(group: string, boots: (userData: string) => boolean): Member[] {
    return [...this.#cloud.members.values()].filter(
      ({ instance, state }) =>
        instance.group === group && (state === 'booting' || state === 'running') && boots(instance.userData),
    );
  }

  async #setDesired(AutoScalingGroupName: string, DesiredCapacity: number): Promise<void> {
    await this.#clients.autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity }));
    this.#cloud.look();
  }

  async #until(reached: () => boolean, group: Group, refresh: Refresh): Promise<void> {
    const deadline = Date.now() + group.graceSeconds * 1000 + patienceMilliseconds;
    while (!reached()) {
      if (wasCancelled(refresh)) throw new Error('It was cancelled before a new machine became healthy');
      if (Date.now() > deadline) throw new Error('A new machine did not become healthy in time');
      await delay(pollMilliseconds);
    }
  }
}

// A call of its own: the status changes while the refresh is carried out.
function wasCancelled({ status }: Refresh): boolean {
  return status === 'Cancelling';
}
