import type { Example } from '../bootstrap/release.ts';
import type { Answer } from '../bootstrap/verification/answer.ts';
import { describeMistakes, mistakesOf } from '../bootstrap/verification/mistakes.ts';
import { planRequests } from '../bootstrap/verification/requests.ts';

export type { Answer, Example };

/** Sends JSON to a path of a service. */
export type Post = (path: string, body: string) => Promise<Answer>;

/**
 * Asks a service all examples, as the bootstrap of a machine does; returns what is wrong, undefined where nothing is. No
 * request has more than so many bytes.
 */
export async function wrongAnswers(
  examples: readonly Example[],
  maximumBytes: number,
  post: Post,
): Promise<string | undefined> {
  const mistakes = [];
  for (const request of planRequests(examples, maximumBytes))
    mistakes.push(...mistakesOf(request, await post(request.path, request.body)));
  return mistakes.length === 0 ? undefined : describeMistakes(mistakes, examples.length);
}
