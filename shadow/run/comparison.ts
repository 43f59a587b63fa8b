import { setTimeout as delay } from 'node:timers/promises';
import { parseJson } from '../../common/parse-json.ts';
import { predictLimits } from '../../common/predict-limits.ts';
import { type ShadowCopy, shadowCopy } from '../../common/shadow/copy.ts';
import { answersIn } from './candidate-answer.ts';
import { CopyQueue } from './copy-queue.ts';
import type { Figures } from './figures.ts';

export interface ComparisonProps {
  /** Asks the new release for several texts; the body of its answer. A time-out is a `TimeoutError`. */
  ask: (texts: readonly string[]) => Promise<string>;
  figures: Pick<Figures, 'compare' | 'lose'>;
  /** The time in which copies gather for one request. */
  gatherMilliseconds?: number;
}

/** Copies that wait; at a thousand in a second, those of the last one: whoever has little processor time pauses for so long. */
const mostWaiting = 1024;

/** Texts of a request, as many as the service takes: each request costs more than a text. */
const mostTexts = predictLimits.batchTexts;

/** Of all texts of a request, so that its body is no longer than the service takes. */
const mostCharacters = 32_000;

// Nobody waits, and few requests spare the processor that people's requests need.
const defaultGatherMilliseconds = 100;

/** Asks the new release what the live one was asked, as fast as it answers, and compares. */
export class Comparison {
  readonly #props: ComparisonProps;
  readonly #queue: CopyQueue;
  #isAsking = false;
  #mostTexts: number = mostTexts;

  constructor(props: ComparisonProps) {
    this.#props = props;
    this.#queue = new CopyQueue(mostWaiting, () => props.figures.lose('queue'));
  }

  /** Takes a copy, a line of JSON. */
  add(line: string): void {
    this.#queue.add(line);
    if (!this.#isAsking) void this.#work();
  }

  /** Drops what waits. */
  clear(): void {
    this.#queue.clear();
  }

  async #work(): Promise<void> {
    const { gatherMilliseconds = defaultGatherMilliseconds } = this.#props;
    this.#isAsking = true;
    while (this.#queue.size > 0) {
      if (this.#queue.size < this.#mostTexts) await delay(gatherMilliseconds);
      const lines = this.#queue.take(this.#mostTexts, mostCharacters);
      if (lines.length > 0) await this.#compare(lines);
    }
    this.#isAsking = false;
  }

  async #compare(lines: readonly string[]): Promise<void> {
    const { figures, ask } = this.#props;
    const copies = lines.flatMap((line) => shadowCopy.safeParse(parseJson(line)).data ?? []);
    for (let count = copies.length; count < lines.length; count += 1) figures.lose('failed');
    if (copies.length === 0) return;
    try {
      const answers = answersIn(await ask(copies.map(({ text }) => text)));
      for (const [index, copy] of copies.entries()) this.#count(copy, answers[index]);
      this.#mostTexts = Math.min(mostTexts, 2 * this.#mostTexts);
    } catch (error) {
      const why = (error as Error).name === 'TimeoutError' ? 'slow' : 'failed';
      // A slow model may answer fewer texts in time.
      if (why === 'slow') this.#mostTexts = Math.max(1, this.#mostTexts >> 1);
      for (const _ of copies) figures.lose(why);
    }
  }

  #count(copy: ShadowCopy, answer: ReturnType<typeof answersIn>[number]): void {
    const { figures } = this.#props;
    if (answer) figures.compare(copy, answer);
    else figures.lose('failed');
  }
}
