import {
  type AutoScalingClient,
  SetDesiredCapacityCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import pRetry from 'p-retry';

type Size = 'minimum' | 'maximum' | 'desired';

/** Changes Auto Scaling groups in the emulator; `onChange` is called after every change. */
export class Scaling {
  readonly #client: AutoScalingClient;
  readonly #onChange: () => void;
  readonly #retry: { retries: number; minTimeout: number };

  constructor(client: AutoScalingClient, onChange: () => void, retry = { retries: 3, minTimeout: 500 }) {
    this.#client = client;
    this.#onChange = onChange;
    this.#retry = retry;
  }

  /** Terminates an instance. Its group launches another one, unless `shrink` lowers the desired capacity. */
  async terminate(id: string, shrink: boolean): Promise<void> {
    const command = { InstanceId: id, ShouldDecrementDesiredCapacity: shrink };
    await pRetry(() => this.#client.send(new TerminateInstanceInAutoScalingGroupCommand(command)), this.#retry);
    this.#onChange();
  }

  /** Changes those sizes of a group that are given. */
  async resize(
    AutoScalingGroupName: string,
    { minimum: MinSize, maximum: MaxSize, desired: DesiredCapacity }: Record<Size, number | undefined>,
  ): Promise<void> {
    const command = { AutoScalingGroupName, MinSize, MaxSize, DesiredCapacity };
    await this.#client.send(new UpdateAutoScalingGroupCommand(command));
    this.#onChange();
  }

  async setDesiredCapacity(AutoScalingGroupName: string, DesiredCapacity: number): Promise<void> {
    await this.#client.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity }));
    this.#onChange();
  }
}
