import type { Machine } from '../machine/machine.ts';
import { type Answer, answerFormat, readAnswer } from './answer.ts';
import { describeMistakes, type Mistake, mistakesOf } from './mistakes.ts';
import type { Pause } from './pause.ts';
import type { ExampleRequest } from './requests.ts';

export interface AskProps {
  machine: Machine;
  /** The address of nginx, and its certificate. */
  url: string;
  certificate: string;
  /** The file of a header that proves an API key, where the service asks for one. */
  headers?: string | undefined;
  requests: readonly ExampleRequest[];
  /** The addresses of the workers, as nginx names them. */
  workers: readonly string[];
  pause: Pause;
}

// On a machine without other traffic, nginx reaches each worker by as many requests as there are workers.
const turnsPerWorker = 4;

/** Asks for all examples, and goes on until each worker has answered; throws where an answer is wrong. */
export async function askExamples(props: AskProps): Promise<void> {
  const { requests, workers } = props;
  const silent = new Set(workers);
  const mistakes: Mistake[] = [];
  let asked = 0;
  const most = requests.length + turnsPerWorker * workers.length;
  for (let turn = 0; turn < most; turn++) {
    const request = requests[turn % requests.length] as ExampleRequest;
    const answer = await askPatiently(props, request);
    mistakes.push(...mistakesOf(request, answer));
    asked += request.examples.length;
    silent.delete(answer.workers.at(-1) ?? '');
    const isAllAsked = turn + 1 >= requests.length;
    if (answer.status !== 200 || (isAllAsked && (mistakes.length > 0 || silent.size === 0))) break;
  }
  if (mistakes.length > 0) throw new Error(describeMistakes(mistakes, asked));
  if (silent.size === 0) return;
  throw new Error(`${[...silent].join(', ')}: expected an answer from each worker, got none in ${most} requests`);
}

const longestWaitSeconds = 300;

/** Sends a request, again after each answer that a rate limit is exceeded. */
async function askPatiently(props: AskProps, request: ExampleRequest): Promise<Answer> {
  for (let waited = 0; ; ) {
    const answer = await ask(props, request);
    const seconds = Math.max(1, answer.retryAfterSeconds);
    if (answer.status !== 429 || waited + seconds > longestWaitSeconds) return answer;
    await props.pause(seconds);
    waited += seconds;
  }
}

async function ask({ machine, url, certificate, headers }: AskProps, { path, body }: ExampleRequest): Promise<Answer> {
  const argv = [
    ...['curl', '--silent', '--show-error', '--max-time', '30', '--cacert', certificate, ...answerFormat],
    // From a file, because other users see the arguments of a program.
    ...(headers === undefined ? [] : ['--header', `@${headers}`]),
    ...['--header', 'Content-Type: application/json', '--data-binary', '@-', url + path],
  ];
  return readAnswer(await machine.run(argv, { input: body }));
}
