import pRetry, { type Options } from 'p-retry';
import { keyHeader } from '../common/api-keys/header.ts';
import { delay as delayFor } from '../common/delay.ts';
import { shorten } from '../common/shorten.ts';
import { type Answer, type Example, type Post, wrongAnswers } from '../releases/wrong-answers.ts';
import { trackHeader } from '../stacks/track-names.ts';
import { ask } from './ask.ts';
import type { Track } from './deployment.ts';
import type { Endpoint } from './endpoint.ts';
import { type TlsOptions, tlsOptionsOf } from './endpoint-tls.ts';

export interface TrackSmokeTestProps {
  endpoint: Pick<Endpoint, 'url' | 'authority' | 'acceptsAnyName'>;
  track: Track;
  /** The examples of the artifact of the track's revision. */
  examples: readonly Example[];
  /** The largest body that its machines take. */
  maximumBytes: number;
  /** The API key that is sent, where the machines ask for one. */
  apiKey?: string | undefined;
  signal?: AbortSignal;
  /** How long it is asked again where no machine answers. */
  retries?: Options;
  delay?: typeof delayFor;
}

/** Asks a track the examples of its revision, past the weights; returns what is wrong, undefined where nothing is. */
export async function smokeTestTrack(props: TrackSmokeTestProps): Promise<string | undefined> {
  const tls = await tlsOptionsOf(props.endpoint);
  try {
    return await wrongAnswers(props.examples, props.maximumBytes, patient(props, tls));
  } catch (error) {
    if (error instanceof Unanswered) return error.message;
    throw error;
  }
}

/** No machine of the track has answered. */
class Unanswered extends Error {}

// The balancer may not send anything yet to machines that have become healthy a moment ago.
const fifteenSeconds = { retries: Number.POSITIVE_INFINITY, minTimeout: 500, maxTimeout: 2000, maxRetryTime: 15_000 };

/** How long it is asked again, in seconds, by the status: a rate limit, and a key that machines know after 20 s at the latest. */
const longestPauses: Record<number, number> = { 429: 300, 401: 40 };

/**
 * Asks again where no machine answers, after each answer that a rate limit is exceeded, and where a machine does not know the key yet.
 */
function patient(props: TrackSmokeTestProps, tls: TlsOptions): Post {
  const { signal, retries = fifteenSeconds, delay = delayFor } = props;
  return async (path, body) => {
    for (let waited = 0; ; ) {
      const answer = await pRetry(() => post(props, tls, path, body), { ...retries, signal });
      const seconds = Math.max(1, answer.retryAfterSeconds);
      const longest = longestPauses[answer.status] ?? 0;
      if (waited + seconds > longest) return answer;
      await delay(seconds * 1000, signal);
      waited += seconds;
    }
  };
}

async function post(
  { endpoint, track, apiKey }: TrackSmokeTestProps,
  tls: TlsOptions,
  path: string,
  json: string,
): Promise<Answer> {
  const unanswered = (got: string) => new Unanswered(`${track}, ${path}: expected an answer, got: ${got}`);
  const url = new URL(path, endpoint.url);
  const headers = { [trackHeader]: track, ...keyHeader(apiKey) };
  const [status, body, answered] = await ask(url, tls, json, headers).catch((error: Error) => {
    throw unanswered(error.message);
  });
  // The balancer's own, where no machine answers it.
  if (status >= 502 && status <= 504) throw unanswered(`status ${status} (${shorten(body, 160)})`);
  return { status, body, workers: [], retryAfterSeconds: Number(answered['retry-after']) || 0 };
}
