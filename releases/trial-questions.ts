import { type Answer, type Example, wrongAnswers } from './wrong-answers.ts';

/** Asks a service on this machine all examples; returns what is wrong, undefined where nothing is. */
export function askExamples(url: string, examples: readonly Example[]): Promise<string | undefined> {
  return wrongAnswers(examples, Number.POSITIVE_INFINITY, (path, body) => post(url + path, body));
}

async function post(url: string, body: string): Promise<Answer> {
  const answer = { workers: [], retryAfterSeconds: 0 };
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body });
    return { ...answer, status: response.status, body: await response.text() };
  } catch (error) {
    const { cause = error } = error as Error;
    return { ...answer, status: 0, body: (cause as Error).message };
  }
}
