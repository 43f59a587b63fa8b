import { parseJson } from '../../common/parse-json.ts';
import { shadowCopy } from '../../common/shadow/copy.ts';
import { candidateAnswer } from './candidate-answer.ts';
import { CopyQueue } from './copy-queue.ts';
import type { Figures } from './figures.ts';

export interface ComparisonProps {
  /** Asks the new release; the body of its answer. A time-out is a `TimeoutError`. */
  ask: (text: string) => Promise<string>;
  figures: Pick<Figures, 'compare' | 'lose'>;
}

/** Copies that wait; at a thousand in a second, those of a quarter of a second. */
const mostWaiting = 256;

/** Requests at a time: a worker answers one after another, and further ones are on their way meanwhile. */
const mostInFlight = 4;

/** Asks the new release what the live one was asked, as fast as it answers, and compares. */
export class Comparison {
  readonly #props: ComparisonProps;
  readonly #queue: CopyQueue;
  #inFlight = 0;

  constructor(props: ComparisonProps) {
    this.#props = props;
    this.#queue = new CopyQueue(mostWaiting, () => props.figures.lose('queue'));
  }

  /** Takes a copy, a line of JSON. */
  add(line: string): void {
    this.#queue.add(line);
    if (this.#inFlight < mostInFlight) void this.#work();
  }

  /** Drops what waits. */
  clear(): void {
    this.#queue.clear();
  }

  async #work(): Promise<void> {
    this.#inFlight += 1;
    for (let line = this.#queue.take(); line !== undefined; line = this.#queue.take()) await this.#compare(line);
    this.#inFlight -= 1;
  }

  async #compare(line: string): Promise<void> {
    const { figures, ask } = this.#props;
    const copy = shadowCopy.safeParse(parseJson(line)).data;
    if (!copy) return figures.lose('failed');
    try {
      figures.compare(copy, candidateAnswer.parse(parseJson(await ask(copy.text))));
    } catch (error) {
      figures.lose((error as Error).name === 'TimeoutError' ? 'slow' : 'failed');
    }
  }
}
