import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { endProcess } from '../common/processes.ts';
import { parseEvent, type TerraformEvent } from './events.ts';
import { passSignalsOn } from './interrupt.ts';
import { OutputFile } from './output-file.ts';

export interface StreamProps {
  /** Arguments of a command that prints machine-readable events. */
  parameters: string[];
  environment: NodeJS.ProcessEnv;
  /** Receives the id of Terraform's process, which leads its own process group. */
  onStart?: (pid: number) => void;
  /** Receives each event as it comes. */
  onEvent?: (event: TerraformEvent) => void;
}

interface StreamResult {
  exitCode: number | undefined;
  /** The signal that ended Terraform. */
  signal: string | undefined;
  /** The first signal that was passed on to Terraform. */
  interrupted: NodeJS.Signals | undefined;
  events: TerraformEvent[];
}

/** Runs Terraform and follows its events. A signal interrupts Terraform, which then ends by itself. */
export async function streamTerraform(props: StreamProps): Promise<StreamResult> {
  const output = await OutputFile.create();
  const [program, parameters] = endingWithParent('terraform', props.parameters);
  const running = execa(program, parameters, {
    env: props.environment,
    extendEnv: false,
    stdio: ['ignore', output.stream, output.stream],
    reject: false,
    // In its own process group: the terminal would send it Ctrl-C a second time, which makes it stop at once.
    detached: true,
  });
  if (running.pid !== undefined) props.onStart?.(running.pid);
  const events: TerraformEvent[] = [];
  let interrupted: NodeJS.Signals | undefined;
  const restore = passSignalsOn((signal) => {
    if (running.kill('SIGINT')) interrupted ??= signal;
  });
  try {
    for await (const line of output.lines(running)) {
      const event = parseEvent(line);
      events.push(event);
      props.onEvent?.(event);
    }
    const { exitCode, signal } = await running;
    // The provider of a Terraform that was killed runs on.
    if (signal && running.pid) endProcess(-running.pid);
    return { exitCode, signal, interrupted, events };
  } finally {
    restore();
    await output.close();
  }
}

const setpriv = '/usr/bin/setpriv';

// A Terraform whose command is killed is interrupted by the kernel: it saves the state and ends its provider.
function endingWithParent(program: string, parameters: string[]): [program: string, parameters: string[]] {
  if (!existsSync(setpriv)) return [program, parameters];
  return [setpriv, ['--pdeathsig', 'INT', program, ...parameters]];
}
