import {
  type AutoScalingClient,
  SetDesiredCapacityCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import pRetry from 'p-retry';

type Size = 'minimum' | 'maximum' | 'desired';

/** Changes Auto Scaling groups in the emulator, one after another: of two changes of a group at once it takes one for the other. */
export class Scaling {
  readonly #client: AutoScalingClient;
  readonly #retry: { retries: number; minTimeout: number };
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: AutoScalingClient, retry = { retries: 3, minTimeout: 500 }) {
    this.#client = client;
    this.#retry = retry;
  }

  /** Terminates an instance. Its group launches another one, unless `shrink` lowers the desired capacity. */
  async terminate(id: string, shrink: boolean): Promise<void> {
    const command = { InstanceId: id, ShouldDecrementDesiredCapacity: shrink };
    await this.#change(() =>
      pRetry(() => this.#client.send(new TerminateInstanceInAutoScalingGroupCommand(command)), this.#retry),
    );
  }

  /** Changes those sizes of a group that are given. */
  async resize(
    AutoScalingGroupName: string,
    { minimum: MinSize, maximum: MaxSize, desired: DesiredCapacity }: Record<Size, number | undefined>,
  ): Promise<void> {
    const command = { AutoScalingGroupName, MinSize, MaxSize, DesiredCapacity };
    await this.#change(() => this.#client.send(new UpdateAutoScalingGroupCommand(command)));
  }

  async setDesiredCapacity(AutoScalingGroupName: string, DesiredCapacity: number): Promise<void> {
    await this.#change(() =>
      this.#client.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity })),
    );
  }

  async #change(call: () => Promise<unknown>): Promise<void> {
    const change = this.#last.then(call);
    this.#last = change.catch(() => undefined);
    await change;
  }
}
