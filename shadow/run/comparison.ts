import { parseJson } from '../../common/parse-json.ts';
import { type ShadowCopy, shadowCopy } from '../../common/shadow/copy.ts';
import { answersIn } from './candidate-answer.ts';
import { CopyQueue } from './copy-queue.ts';
import type { Figures } from './figures.ts';

export interface ComparisonProps {
  /** Asks the new release for several texts; the body of its answer. A time-out is a `TimeoutError`. */
  ask: (texts: readonly string[]) => Promise<string>;
  figures: Pick<Figures, 'compare' | 'lose'>;
}

/** Copies that wait; at a thousand in a second, those of the last one: whoever has little processor time pauses for so long. */
const mostWaiting = 1024;

/** Texts of a request: under load, a request of one text costs more than its text. */
const mostTexts = 16;

/** Requests at a time: one is on its way while the other is answered. */
const mostInFlight = 2;

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
    for (let lines = this.#take(); lines.length > 0; lines = this.#take()) await this.#compare(lines);
    this.#inFlight -= 1;
  }

  #take(): string[] {
    return this.#queue.take(mostTexts);
  }

  async #compare(lines: readonly string[]): Promise<void> {
    const { figures, ask } = this.#props;
    const copies = lines.flatMap((line) => shadowCopy.safeParse(parseJson(line)).data ?? []);
    for (let count = copies.length; count < lines.length; count += 1) figures.lose('failed');
    if (copies.length === 0) return;
    try {
      const answers = answersIn(await ask(copies.map(({ text }) => text)));
      for (const [index, copy] of copies.entries()) this.#count(copy, answers[index]);
    } catch (error) {
      const why = (error as Error).name === 'TimeoutError' ? 'slow' : 'failed';
      for (const _ of copies) figures.lose(why);
    }
  }

  #count(copy: ShadowCopy, answer: ReturnType<typeof answersIn>[number]): void {
    const { figures } = this.#props;
    if (answer) figures.compare(copy, answer);
    else figures.lose('failed');
  }
}
