import type { Example } from '../bootstrap/release.ts';
import type { Answer } from '../bootstrap/verification/answer.ts';
import { describeMistakes, mistakesOf } from '../bootstrap/verification/mistakes.ts';
import { type ExampleRequest, planRequests } from '../bootstrap/verification/requests.ts';

/** Asks a service all examples, as the bootstrap of a machine does; returns what is wrong, undefined where nothing is. */
export async function askExamples(url: string, examples: readonly Example[]): Promise<string | undefined> {
  const requests = planRequests(examples, Number.POSITIVE_INFINITY);
  const mistakes = [];
  for (const request of requests) mistakes.push(...mistakesOf(request, await post(url, request)));
  return mistakes.length === 0 ? undefined : describeMistakes(mistakes, examples.length);
}

async function post(url: string, { path, body }: ExampleRequest): Promise<Answer> {
  const answer = { workers: [], retryAfterSeconds: 0 };
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body });
    return { ...answer, status: response.status, body: await response.text() };
  } catch (error) {
    const { cause = error } = error as Error;
    return { ...answer, status: 0, body: (cause as Error).message };
  }
}
