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
      while (await this.#replaceOne(refresh));
      this.#refreshes.end(refresh, wasCancelled(refresh) ? 'Cancelled' : 'Successful');
    } catch (error) {
      await this.#withdrawNew(refresh.group).catch(() => undefined);
      this.#refreshes.end(refresh, wasCancelled(refresh) ? 'Cancelled' : 'Failed', (error as Error).message);
    }
  }

  // False when nothing is left to be done.
  async #replaceOne(refresh: Refresh): Promise<boolean> {
    const group = await this.#group(refresh.group);
    const old = this.#members(group, false);
    refresh.total = Math.max(refresh.total, old.length);
    refresh.left = old.length;
    const [next] = old;
    if (!next || wasCancelled(refresh)) return false;
    const healthyBefore = this.#healthyNew(group).length;
    await this.#setDesired(group.name, group.desired + 1);
    await this.#until(() => this.#healthyNew(group).length > healthyBefore, group, refresh);
    await this.#cloud.terminate(next.instance.id, true);
    await this.#until(() => next.state === 'leaving' || !this.#cloud.members.has(next.instance.id), group, refresh);
    return true;
  }

  async #group(name: string): Promise<Group> {
    const { groups } = await this.#cloud.observe();
    const group = groups.find((found) => found.name === name);
    if (!group) throw new Error(`The Auto Scaling group ${name} is gone`);
    return group;
  }

  #members(group: Group, current: boolean): Member[] {
    return [...this.#cloud.members.values()].filter(
      ({ instance, state }) =>
        instance.group === group.name &&
        (state === 'booting' || state === 'running') &&
        (instance.userData === group.userData) === current,
    );
  }

  #healthyNew(group: Group): Member[] {
    return this.#members(group, true).filter(isHealthy);
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

  // The old machines serve on; those that never served go, and the group is as large as before.
  async #withdrawNew(name: string): Promise<void> {
    const group = this.#cloud.world.groups.find((found) => found.name === name);
    if (!group) return;
    for (const member of this.#members(group, true)) {
      if (!isHealthy(member)) await this.#cloud.terminate(member.instance.id, true);
    }
  }
}

// A call of its own: the status changes while the refresh is carried out.
function wasCancelled({ status }: Refresh): boolean {
  return status === 'Cancelling';
}
