import { setTimeout as delay } from 'node:timers/promises';
import { patienceSeconds } from './patience.ts';

/** The status of an answer and the first line of its body, such as `200 Hello`; `closed` where there is none. */
export async function answerOf(url: string): Promise<string> {
  const response = await fetch(url).catch(() => undefined);
  if (!response) return 'closed';
  return `${response.status} ${(await response.text()).trim().split('\r\n')[0]}`;
}

/** Asks until 20 answers in a row are as many different ones as expected, each with this text; returns them, sorted. */
export async function untilAnswers(url: string, count: number, text: string): Promise<string[]> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => answerOf(url)));
    const different = [...new Set(answers)].sort();
    if (different.length === count && different.every((answer) => answer.includes(text))) return different;
    if (Date.now() > deadline)
      throw new Error(`After ${patienceSeconds} s, no ${count} × ${text}: ${different.join(', ')}`);
    await delay(500);
  }
}
