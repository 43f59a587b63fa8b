import type { Manifest } from '../model/artifact/manifest.ts';

type Examples = Manifest['examples'];

/** A request, and the examples whose texts it holds. */
interface Question {
  path: string;
  body: object;
  examples: Examples;
}

const askedAlone = 5;
const textsInBatch = 20;
const faultsShown = 5;

/** Asks a service all examples, a few alone and the others in batches; returns a line for each wrong answer. */
export async function askExamples(url: string, examples: Examples): Promise<string[]> {
  const faults: string[] = [];
  for (const question of questionsOf(examples)) faults.push(...(await ask(url, question)));
  const others = faults.length - faultsShown;
  return others > 0 ? [...faults.slice(0, faultsShown), `and ${others} more`] : faults;
}

function questionsOf(examples: Examples): Question[] {
  const questions: Question[] = examples
    .slice(0, askedAlone)
    .map((example) => ({ path: '/predict', body: { text: example.text }, examples: [example] }));
  for (let at = askedAlone; at < examples.length; at += textsInBatch) {
    const batch = examples.slice(at, at + textsInBatch);
    questions.push({ path: '/predict/batch', body: { texts: batch.map(({ text }) => text) }, examples: batch });
  }
  return questions;
}

async function ask(url: string, { path, body, examples }: Question): Promise<string[]> {
  const answerAt = await post(`${url}${path}`, body);
  return examples.flatMap(({ text, intent }, at) => {
    const got = answerAt(at);
    return got === intent ? [] : [`POST ${path} ${JSON.stringify(text)}: expected ${intent}, got ${got}`];
  });
}

/** Returns a function from a text's place in the request to its intent, or to what came instead. */
async function post(url: string, body: object): Promise<(at: number) => string> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (response.status !== 200) return () => `${response.status}: ${text}`;
    const answer = JSON.parse(text);
    const results = answer.results ?? [answer];
    return (at) => results[at]?.intent ?? JSON.stringify(results[at] ?? 'nothing');
  } catch (error) {
    const { cause = error } = error as Error;
    return () => `no answer (${(cause as Error).message})`;
  }
}
