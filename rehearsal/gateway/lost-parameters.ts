import type { QueryCall } from './query.ts';

/** Remembers parameters of Auto Scaling's calls that the emulator does not store. */
export class LostParameters {
  readonly #disabled = new Set<string>();
  readonly #warmups = new Map<string, number>();

  /** Takes notice of a call that has been made. */
  observe({ service, action, parameters }: QueryCall): void {
    if (service !== 'autoscaling') return;
    const group = parameters.get('AutoScalingGroupName') ?? '';
    if (action === 'PutScalingPolicy') this.#putPolicy(`${group} ${parameters.get('PolicyName')}`, parameters);
    if (action === 'CreateAutoScalingGroup') this.#warmups.delete(group);
    const warmup = parameters.get('DefaultInstanceWarmup');
    if (action.endsWith('AutoScalingGroup') && warmup) this.#warmups.set(group, Number(warmup));
  }

  #putPolicy(key: string, parameters: URLSearchParams): void {
    if (parameters.get('Enabled') === 'false') this.#disabled.add(key);
    else this.#disabled.delete(key);
  }

  isEnabled({ AutoScalingGroupName, PolicyName }: { AutoScalingGroupName?: string; PolicyName?: string }): boolean {
    return !this.#disabled.has(`${AutoScalingGroupName} ${PolicyName}`);
  }

  /** Returns the default instance warm-up of a group; undefined without one. */
  warmupSeconds(group: string): number | undefined {
    const seconds = this.#warmups.get(group);
    // -1 removes it.
    return seconds === -1 ? undefined : seconds;
  }
}
