import pRetry, { AbortError } from 'p-retry';
import { Pool } from 'undici';
import { keyHeader } from '../common/api-keys/header.ts';
import { delay } from '../common/delay.ts';
import { UserError } from '../common/errors.ts';
import { predictLimits } from '../common/predict-limits.ts';
import type { Endpoint } from '../deployments/endpoint.ts';
import { tlsOptionsOf } from '../deployments/endpoint-tls.ts';
import type { Prediction } from '../model/prediction.ts';
import { type ChunkFormat, rowsOfChunk, writeAnswers } from './chunk.ts';
import type { BadLine, Row } from './rows.ts';
import type { Answerer } from './threads.ts';

export interface FleetProps {
  endpoint: Pick<Endpoint, 'url' | 'authority' | 'acceptsAnyName'>;
  apiKey: string | undefined;
  format: ChunkFormat;
  signal: AbortSignal;
  /** How often a batch is sent again, and how long the first pause is. */
  retry?: { retries: number; minTimeout: number };
}

const connections = 4;
const timeout = 30_000;

type Item = Prediction | { detail: string };

const placeInBatch = /^\/texts\/\d+: /;

/** Answers chunks by the fleet of a stage, in batches of as many texts as the service takes, and waits where a limit says so. */
export async function startFleet(props: FleetProps): Promise<Answerer> {
  const { format, endpoint } = props;
  const pool = new Pool(endpoint.url, {
    ...{ connections, headersTimeout: timeout, bodyTimeout: timeout },
    connect: { ...(await tlsOptionsOf(endpoint)), timeout },
  });
  const send = batchSender(pool, props);
  return {
    concurrency: 1,
    answer: async (chunk) => {
      const { rows, bad } = rowsOfChunk(chunk, format);
      const items = await inBatches(rows, send);
      const refused = rows.flatMap((row, at): BadLine[] => {
        const item = items[at] as Item;
        return 'detail' in item ? [{ line: row.line, reason: item.detail.replace(placeInBatch, '') }] : [];
      });
      const isAnswered = (_: unknown, at: number): boolean => !('detail' in (items[at] as Item));
      return writeAnswers(
        rows.filter(isAnswered),
        items.filter(isAnswered) as Prediction[],
        [...bad, ...refused].sort((one, other) => one.line - other.line),
        format,
      );
    },
    end: () => pool.destroy(),
  };
}

type SendBatch = (texts: readonly string[]) => Promise<Item[]>;

// Each connection sends its next batch after an answer.
async function inBatches(rows: readonly Row[], send: SendBatch): Promise<Item[]> {
  const { batchTexts } = predictLimits;
  const items: Item[] = new Array(rows.length);
  let next = 0;
  const sendAll = async (): Promise<void> => {
    while (next < rows.length) {
      const first = next;
      next += batchTexts;
      const answers = await send(rows.slice(first, first + batchTexts).map(({ text }) => text));
      answers.forEach((answer, at) => {
        items[first + at] = answer;
      });
    }
  };
  await Promise.all(Array.from({ length: connections }, sendAll));
  return items;
}

function batchSender(pool: Pool, { endpoint, apiKey, format, signal, retry }: FleetProps): SendBatch {
  const headers = { 'content-type': 'application/json', ...keyHeader(apiKey) };
  const path = `/predict/batch?top=${format.answers.top}`;
  const once = async (texts: readonly string[]): Promise<Item[]> => {
    const body = JSON.stringify({ texts });
    const answer = await pool.request({ method: 'POST', path, headers, body, signal });
    const content = await answer.body.text();
    if (answer.statusCode === 200) return (JSON.parse(content) as { results: Item[] }).results;
    const problem = `${endpoint.url}: expected predictions, got the status ${answer.statusCode}: ${content.slice(0, 200)}`;
    if (answer.statusCode < 500 && answer.statusCode !== 429) throw new AbortError(new UserError(problem));
    await delay(1000 * secondsIn(answer.headers['retry-after']), signal);
    throw new UserError(problem);
  };
  return (texts) =>
    pRetry(() => once(texts), { ...{ retries: 10, minTimeout: 200, maxTimeout: 10_000, signal }, ...retry });
}

// The longest window of the service's limits is a day; a person would not wait for that.
const longestPause = 300;

function secondsIn(header: string | string[] | undefined): number {
  const seconds = Number(header ?? 0);
  return seconds > 0 ? Math.min(seconds, longestPause) : 0;
}
