import type { BootedMachine } from '../../../rehearsal/cloud/member.ts';
import type { DesiredInstance } from '../../../rehearsal/emulator/desired-state.ts';

/** Boots machines that only record what happens to them. */
export class TestMachines {
  readonly events: string[] = [];
  /** The ids of the instances whose machine cannot boot. */
  readonly broken = new Set<string>();
  /** The ids of the instances whose machine cannot be removed. */
  readonly stuck = new Set<string>();
  readonly #ends = new Map<string, () => void>();
  /** Settles before a machine has booted. */
  booting: Promise<void> = Promise.resolve();

  readonly boot = async ({ id }: DesiredInstance): Promise<BootedMachine> => {
    this.events.push(`boot ${id}`);
    await this.booting;
    if (this.broken.has(id)) throw new Error('out of memory');
    return {
      root: `/machines/${id}`,
      onEnd: (callback) => void this.#ends.set(id, callback),
      powerOff: async () => {
        this.events.push(`power off ${id}`);
        this.end(id);
        this.#assertRemovable(id);
      },
      crash: async () => this.end(id),
      remove: async () => {
        this.events.push(`remove ${id}`);
        this.#assertRemovable(id);
      },
    };
  };

  #assertRemovable(id: string): void {
    if (this.stuck.has(id)) throw new Error('device is busy');
  }

  /** Ends a machine by itself. */
  end(id: string): void {
    this.#ends.get(id)?.();
  }
}
