import { z } from 'zod';
import { shorten } from '../../common/shorten.ts';
import type { Example } from '../release.ts';
import type { Answer } from './answer.ts';
import type { ExampleRequest } from './requests.ts';

/** An example that the service did not answer as expected. */
export interface Mistake extends Example {
  got: string;
  /** The addresses of the workers that nginx tried. */
  workers: string[];
}

const predictionSchema = z.object({ intent: z.string() });
const problemSchema = z.object({ detail: z.string() });
const batchSchema = z.object({ results: z.array(z.union([predictionSchema, problemSchema])) });

type Result = z.infer<typeof predictionSchema> | z.infer<typeof problemSchema>;

/** Compares the answer to a request with the intents of its examples. */
export function mistakesOf({ path, examples }: ExampleRequest, answer: Answer): Mistake[] {
  const { workers } = answer;
  const results = answer.status === 200 ? resultsOf(path, answer.body) : undefined;
  if (results?.length !== examples.length) {
    const got = failureOf(answer);
    return examples.map((example) => ({ ...example, got, workers }));
  }
  return examples.flatMap((example, index) => {
    const got = gotOf(results[index] as Result, example.intent);
    return got === undefined ? [] : [{ ...example, got, workers }];
  });
}

/** The results in an answer; undefined where it is not what the API documents. */
function resultsOf(path: ExampleRequest['path'], body: string): Result[] | undefined {
  const answer = parseJson(body);
  if (path === '/predict/batch') return batchSchema.safeParse(answer).data?.results;
  const { data } = predictionSchema.safeParse(answer);
  return data && [data];
}

function gotOf(result: Result, expected: string): string | undefined {
  if ('detail' in result) return `the problem "${brief(result.detail)}"`;
  return result.intent === expected ? undefined : brief(result.intent);
}

function failureOf({ status, body }: Answer): string {
  if (status === 0) return `no answer (${brief(body)})`;
  if (status === 200) return `an unreadable answer (${brief(body)})`;
  return `status ${status} (${brief(problemSchema.safeParse(parseJson(body)).data?.detail ?? body)})`;
}

function brief(text: string): string {
  return shorten(text, 160);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const mostShown = 5;

/** Returns a title, and below it a line for each of the first mistakes among a number of asked texts. */
export function describeMistakes(mistakes: readonly Mistake[], asked: number): string {
  const shown = mistakes.slice(0, mostShown).map(describeMistake);
  const others = mistakes.length - shown.length;
  const title = `${mistakes.length} of ${asked} texts were not answered with the intent that the release expects:`;
  return [title, ...shown, ...(others > 0 ? [`  and ${others} more`] : [])].join('\n');
}

function describeMistake({ text, intent, got, workers }: Mistake): string {
  const from = workers.length > 0 ? ` from ${workers.join(', ')}` : '';
  return `  ${JSON.stringify(shorten(text, 80))}: expected ${intent}, got ${got}${from}`;
}
