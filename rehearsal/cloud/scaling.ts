import {
  type AutoScalingClient,
  SetDesiredCapacityCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import pRetry from 'p-retry';

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

  async setDesiredCapacity(AutoScalingGroupName: string, DesiredCapacity: number): Promise<void> {
    await this.#client.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity }));
    this.#onChange();
  }
}
