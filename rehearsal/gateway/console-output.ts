import { CallError } from '../protocols/call-error.ts';
import { textAt } from '../protocols/input.ts';
import type { Answers } from './gateway.ts';

/** What a machine has written to its console. */
export interface ConsoleOutput {
  text: string;
  /** When it last wrote. */
  writtenAt: Date;
}

/** As much as EC2 keeps. */
const maximumBytes = 64 * 1024;

/** Answers GetConsoleOutput with the real console; `readConsole` returns undefined for an instance that never was. */
export function consoleAnswers(readConsole: (instance: string) => Promise<ConsoleOutput | undefined>): Answers {
  return {
    'ec2:GetConsoleOutput': async (input) => {
      const instanceId = textAt(input, 'InstanceId');
      const output = await readConsole(instanceId);
      if (!output) throw new CallError('InvalidInstanceID.NotFound', `The instance ID '${instanceId}' does not exist`);
      const kept = Buffer.from(output.text).subarray(-maximumBytes);
      return { instanceId, timestamp: output.writtenAt.toISOString(), output: kept.toString('base64') };
    },
  };
}
