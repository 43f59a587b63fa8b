import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TerminateInstanceInAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import pRetry from 'p-retry';
import type { Balancer } from '../balancer/balancer.ts';
import { balancerConfiguration } from '../balancer/configuration.ts';
import type { Clients } from '../emulator/clients.ts';
import { Observer } from '../emulator/observe.ts';
import type { WantedInstance, World } from '../emulator/world.ts';
import type { Target } from '../gateway/target-health.ts';
import { newTarget } from '../health/target.ts';
import { Machine } from '../machines/machine.ts';
import { vpcRouter } from '../network/commands.ts';
import type { Place } from '../place.ts';
import { runAll } from '../run.ts';
import { HealthWatch } from './health-watch.ts';
import { type Member, planRoster } from './roster.ts';
import { healthyTargets, targetsOf } from './targets.ts';

export interface CloudProps {
  place: Place;
  clients: Clients;
  balancer: Balancer;
  /** The base image's root file system. */
  image: string;
  log: (message: string, details?: object) => void;
  /** Told of each instance whose machine is gone for good. */
  onGone: (instance: string) => void;
}

const idleMilliseconds = 5000;

/** Makes machines and balancer follow what Terraform built, and Terraform see what the machines really do. */
export class Cloud {
  readonly members = new Map<string, Member>();
  world: World = { vpcs: [], groups: [], instances: [], targetGroups: [], listeners: [] };
  readonly #props: CloudProps;
  readonly #observer: Observer;
  readonly #routed = new Set<string>();
  // An instance boots once: what the emulator said before one was ended must not boot it again.
  readonly #enrolled = new Set<string>();
  #wake: () => void = () => undefined;
  #stale = true;
  readonly #closing = new AbortController();

  constructor(props: CloudProps) {
    this.#props = props;
    this.#observer = new Observer(props.clients);
  }

  /** Follows the world until the process ends. */
  run(): void {
    void this.#follow();
    const watch = new HealthWatch({
      members: () => this.members.values(),
      world: () => this.world,
      onChange: (member, from, to) => this.#healthChanged(member, from, to),
      onUnhealthy: (member) => this.#giveUp(member),
    });
    void watch.run(this.#closing.signal);
  }

  /** Something may have changed: look again at once. */
  look(): void {
    this.#stale = true;
    this.#wake();
  }

  /** Ends every machine. */
  async close(): Promise<void> {
    this.#closing.abort();
    const members = [...this.members.values()].filter(({ machine }) => machine);
    await Promise.all(members.map((member) => this.#powerOff(member)));
  }

  /** The targets of a target group as the balancer sees them; undefined where there is no such group. */
  targetsOf(arn: string): Target[] | undefined {
    return targetsOf(arn, this.world, this.members.values());
  }

  /** What there is now, all of it asked after this call. */
  observe(): Promise<World> {
    return this.#observer.world();
  }

  /** Ends an instance for good; its group starts another one unless it shall get smaller. */
  async terminate(id: string, shrink: boolean): Promise<void> {
    const command = { InstanceId: id, ShouldDecrementDesiredCapacity: shrink };
    await pRetry(() => this.#props.clients.autoScaling.send(new TerminateInstanceInAutoScalingGroupCommand(command)), {
      retries: 3,
      minTimeout: 500,
    });
    this.look();
  }

  async #follow(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      this.#stale = false;
      await this.#step().catch((error: Error) => this.#props.log('could not follow', { error: error.message }));
      if (!this.#stale) await Promise.race([delay(idleMilliseconds), new Promise<void>((wake) => (this.#wake = wake))]);
    }
  }

  async #step(): Promise<void> {
    this.world = await this.#observer.world();
    for (const cidr of this.world.vpcs) await this.#route(cidr);
    const { boot, retire } = planRoster(this.world, this.members);
    for (const instance of boot) if (!this.#enrolled.has(instance.id)) void this.#boot(instance);
    for (const member of retire) void this.#retire(member);
    await this.#balance();
  }

  async #route(cidr: string): Promise<void> {
    if (this.#routed.has(cidr)) return;
    await runAll(vpcRouter(cidr));
    this.#routed.add(cidr);
  }

  async #boot(instance: WantedInstance): Promise<void> {
    const { place, image, log } = this.#props;
    const member = this.#enroll(instance);
    log('machine boots', { machine: instance.id, address: instance.address });
    const { id, address, cidr } = instance;
    const records = join(place.folder, 'machines', id);
    try {
      const machine = await Machine.boot({ id, address, cidr, image, cgroup: place.cgroup, records });
      // Meanwhile nobody may want it any more, and who let it go had no machine to power off.
      if (member.state !== 'booting') return await machine.powerOff();
      member.machine = machine;
      member.state = 'running';
      machine.onEnd(() => this.#ended(member));
    } catch (error) {
      log('machine cannot boot', { machine: id, error: (error as Error).message });
      member.state = 'ended';
      await this.terminate(id, false);
      this.#forget(member);
    }
  }

  #enroll(instance: WantedInstance): Member {
    const group = this.world.groups.find(({ name }) => name === instance.group);
    const now = Date.now();
    const member: Member = {
      instance,
      state: 'booting',
      machine: undefined,
      startedAt: new Date(now),
      healthyAt: undefined,
      targets: new Map((group?.targetGroups ?? []).map((arn) => [arn, newTarget(now)])),
    };
    this.members.set(instance.id, member);
    this.#enrolled.add(instance.id);
    return member;
  }

  // The balancer lets go first; what is in flight may finish within the drain time.
  async #retire(member: Member): Promise<void> {
    member.state = 'leaving';
    this.#props.log('machine leaves', { machine: member.instance.id });
    await this.#balance();
    if (member.healthyAt) await delay(this.#drainSeconds(member) * 1000);
    await this.#powerOff(member);
  }

  #drainSeconds(member: Member): number {
    const groups = this.world.targetGroups.filter(({ arn }) => member.targets.has(arn));
    return Math.max(0, ...groups.map(({ drainSeconds }) => drainSeconds));
  }

  async #powerOff(member: Member): Promise<void> {
    member.state = 'leaving';
    await member.machine?.powerOff();
    this.#forget(member);
  }

  #forget({ instance }: Member): void {
    this.members.delete(instance.id);
    this.#props.onGone(instance.id);
    this.#props.log('machine gone', { machine: instance.id });
  }

  #ended(member: Member): void {
    if (member.state === 'leaving' || this.#closing.signal.aborted) return;
    member.state = 'ended';
    this.#props.log('machine ended by itself', { machine: member.instance.id });
    void this.#replace(member);
  }

  async #replace(member: Member): Promise<void> {
    await this.#balance();
    await this.terminate(member.instance.id, false);
    await member.machine?.remove();
    this.#forget(member);
  }

  async #balance(): Promise<void> {
    const { balancer, place, log } = this.#props;
    const configuration = balancerConfiguration(this.world, healthyTargets(this.members.values()), place.ports);
    await balancer.use(configuration).catch((error: Error) => log('balancer refuses', { error: error.message }));
  }

  async #healthChanged({ instance }: Member, from: string, to: string): Promise<void> {
    this.#props.log('health changes', { machine: instance.id, from, to });
    await this.#balance();
  }

  // Its group lets it go with this; until that is seen, nobody has to say it again.
  async #giveUp({ instance }: Member): Promise<void> {
    this.#props.log('machine stays unhealthy and is replaced', { machine: instance.id });
    await this.terminate(instance.id, false);
    await delay(idleMilliseconds);
  }
}
