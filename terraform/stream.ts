import { execa } from 'execa';
import { parseEvent, type TerraformEvent } from './events.ts';
import { passInterruptOn } from './interrupt.ts';

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
  /** True when the user interrupted it. */
  interrupted: boolean;
  events: TerraformEvent[];
}

/** Runs Terraform and follows its events. Ctrl-C interrupts Terraform, which then ends by itself. */
export async function streamTerraform(props: StreamProps): Promise<StreamResult> {
  const running = execa('terraform', props.parameters, {
    env: props.environment,
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    buffer: false,
    // In its own process group: the terminal would send it Ctrl-C a second time, which makes it stop at once.
    detached: true,
  });
  if (running.pid !== undefined) props.onStart?.(running.pid);
  const events: TerraformEvent[] = [];
  let interrupted = false;
  const restore = passInterruptOn(() => {
    interrupted = running.kill('SIGINT');
  });
  try {
    for await (const line of running.iterable({ from: 'all' })) {
      const event = parseEvent(String(line));
      events.push(event);
      props.onEvent?.(event);
    }
    const { exitCode, signal } = await running;
    return { exitCode, signal, interrupted, events };
  } finally {
    restore();
  }
}
