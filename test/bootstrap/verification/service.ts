import type { CommandResult } from '../../../bootstrap/machine/machine.ts';
import type { TestMachine } from '../machine.ts';

/** What curl prints for an answer through nginx. */
export interface Reply {
  status?: number;
  body: unknown;
  worker?: string;
  retryAfter?: string;
}

/** Returns the result of a curl that got this answer. */
export function curlResult({ status = 200, body, worker = '', retryAfter = '' }: Reply): CommandResult {
  const last = JSON.stringify({ status: String(status), workers: worker, retryAfter });
  return { status: 0, output: `${typeof body === 'string' ? body : JSON.stringify(body)}\n${last}` };
}

/** Returns the service's answer to a body: the intent of a text is `intent of <text>`. */
export function predict(body: string): object {
  const { text, texts } = JSON.parse(body) as { text?: string; texts?: string[] };
  const intentOf = (asked: string) => ({ intent: `intent of ${asked}` });
  return texts ? { results: texts.map(intentOf) } : intentOf(text ?? '');
}

/** An example that `predict` answers as expected. */
export function example(text: string): { text: string; intent: string } {
  return { text, intent: `intent of ${text}` };
}

/** Lets a machine's curl get answers: what `reply` returns for a body and the number of requests before, or a prediction. */
export function serve(
  machine: TestMachine,
  workers: readonly string[],
  reply: (body: string, turn: number) => Reply | undefined = () => undefined,
): void {
  const { run } = machine;
  let turn = 0;
  machine.run = async (argv, options) => {
    const result = await run(argv, options);
    if (argv[0] !== 'curl') return result;
    const { input = '' } = options ?? {};
    const worker = workers[turn % workers.length] ?? '';
    return curlResult(reply(input, turn++) ?? { body: predict(input), worker });
  };
}
