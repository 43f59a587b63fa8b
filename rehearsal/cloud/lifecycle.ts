import type { Clock } from '../clock.ts';
import type { DesiredInstance, DesiredState } from '../emulator/desired-state.ts';
import type { Log } from '../log.ts';
import type { BootedMachine, FleetMember } from './member.ts';
import { reconcileIntervalMilliseconds } from './reconcile-loop.ts';

export interface LifecycleProps {
  desired: () => DesiredState;
  bootMachine: (instance: DesiredInstance) => Promise<BootedMachine>;
  /** Ends an instance in the emulator; its group, if it has one, launches another one. */
  terminate: (instance: DesiredInstance) => Promise<void>;
  /** Renews the balancer's configuration; resolves when it is in use. */
  balance: () => Promise<void>;
  /** Called with the id of each instance whose machine is removed. */
  onGone: (instance: string) => void;
  clock: Clock;
  log: Log;
}

/** Boots, drains, powers off and replaces the members of the fleet. */
export class Lifecycle {
  readonly members = new Map<string, FleetMember>();
  readonly #props: LifecycleProps;
  // An instance boots once: a state that was read before its termination must not boot it again.
  readonly #known = new Set<string>();
  #closed = false;

  constructor(props: LifecycleProps) {
    this.#props = props;
  }

  /** Boots an instance that has never been booted; one that cannot boot is terminated. */
  async boot(instance: DesiredInstance): Promise<void> {
    if (this.#known.has(instance.id)) return;
    const { bootMachine, log } = this.#props;
    const { id, address } = instance;
    log('machine boots', { machine: id, address });
    const member = this.#enroll(instance);
    try {
      const machine = await bootMachine(instance);
      // When it was retired meanwhile, there was no machine to power off.
      if (member.state !== 'booting') return await this.#removal(member, machine.powerOff());
      member.machine = machine;
      member.state = 'running';
      machine.onEnd(() => void this.#replaceEnded(member));
    } catch (error) {
      log('machine cannot boot', { machine: id, error: (error as Error).message });
      member.state = 'ended';
      await this.#terminate(instance);
      this.#forget(member);
    }
  }

  /** Stops new requests to a member, waits until those under way may have ended, and powers it off. */
  async retire(member: FleetMember): Promise<void> {
    const { balance, clock, log } = this.#props;
    member.state = 'leaving';
    log('machine leaves', { machine: member.instance.id });
    await balance();
    if (member.healthyAt) await clock.delay(this.#drainSeconds(member) * 1000);
    await this.#powerOff(member);
  }

  /** Terminates an unhealthy member; resolves when the next pass of the reconcile loop has had time to retire it. */
  async replaceUnhealthy({ instance }: FleetMember): Promise<void> {
    const { clock, log } = this.#props;
    log('machine stays unhealthy and is replaced', { machine: instance.id });
    await this.#tryToTerminate(instance);
    await clock.delay(reconcileIntervalMilliseconds);
  }

  /** Tells whether the machine of an instance has been there and is removed. */
  isGone(instance: string): boolean {
    return this.#known.has(instance) && !this.members.has(instance);
  }

  /** Powers off every machine and replaces none. */
  async close(): Promise<void> {
    this.#closed = true;
    const booted = [...this.members.values()].filter(({ machine }) => machine);
    await Promise.all(booted.map((member) => this.#powerOff(member)));
  }

  #enroll(instance: DesiredInstance): FleetMember {
    const member: FleetMember = {
      instance,
      state: 'booting',
      machine: undefined,
      startedAt: new Date(this.#props.clock.now()),
      healthyAt: undefined,
      targets: new Map(),
    };
    this.members.set(instance.id, member);
    this.#known.add(instance.id);
    return member;
  }

  #drainSeconds(member: FleetMember): number {
    const groups = this.#props.desired().targetGroups.filter(({ arn }) => member.targets.has(arn));
    return Math.max(0, ...groups.map(({ drainSeconds }) => drainSeconds));
  }

  async #powerOff(member: FleetMember): Promise<void> {
    member.state = 'leaving';
    await this.#removal(member, member.machine?.powerOff());
    this.#forget(member);
  }

  async #replaceEnded(member: FleetMember): Promise<void> {
    if (member.state === 'leaving' || this.#closed) return;
    member.state = 'ended';
    this.#props.log('machine ended by itself', { machine: member.instance.id });
    await this.#props.balance();
    await Promise.all([this.#terminate(member.instance), this.#removal(member, member.machine?.remove())]);
    this.#forget(member);
  }

  // Until the emulator has terminated an instance, its group launches no other one.
  async #terminate(instance: DesiredInstance): Promise<void> {
    const isDesired = () => this.#props.desired().instances.some(({ id }) => id === instance.id);
    while (isDesired() && !this.#closed && !(await this.#tryToTerminate(instance)))
      await this.#props.clock.delay(reconcileIntervalMilliseconds);
  }

  async #tryToTerminate(instance: DesiredInstance): Promise<boolean> {
    try {
      await this.#props.terminate(instance);
      return true;
    } catch (error) {
      this.#props.log('terminating failed', { machine: instance.id, error: (error as Error).message });
      return false;
    }
  }

  // What could not be removed is removed with the cloud.
  async #removal({ instance }: FleetMember, removal: Promise<void> | undefined): Promise<void> {
    await removal?.catch((error: Error) => {
      this.#props.log('removing failed', { machine: instance.id, error: error.message });
    });
  }

  #forget({ instance }: FleetMember): void {
    this.members.delete(instance.id);
    this.#props.onGone(instance.id);
    this.#props.log('machine gone', { machine: instance.id });
  }
}
