import { z } from 'zod';
import { UserError } from '../common/errors.ts';
import { logLevels } from '../common/log-levels.ts';
import { defaultArtifact } from '../common/paths.ts';
import { predictLimits } from '../common/predict-limits.ts';
import { check, describeProblems } from '../common/validation.ts';

/** An error about invalid environment variables, one line for each. */
export class EnvironmentError extends UserError {
  override readonly name = 'EnvironmentError';
}

function wholeNumber(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .refine((text) => /^\d{1,12}$/.test(text) && Number(text) >= min && Number(text) <= max, expected)
    .transform(Number)
    .meta({ expected });
}

function text(expected: string) {
  return z.string().meta({ expected });
}

function choice<const T extends readonly [string, ...string[]]>(values: T) {
  const expected = `one of ${values.join(', ')}`;
  return z.enum(values, expected).meta({ expected });
}

/** The service's environment variables; the table in the documentation is generated from this. */
export const environmentSchema = z.object({
  HOST: text('an address').default('127.0.0.1').describe('Address to listen on; `::` is every address, IPv4 and IPv6'),
  PORT: wholeNumber(0, 65_535).default(8080).describe('Port to listen on; 0 takes a free one and logs it'),
  ARTIFACT: text('a folder').default(defaultArtifact).describe('Folder of the trained model'),
  API_KEYS: text('a file')
    .optional()
    .describe('File with the hashes of the API keys that may classify; without it, everyone may'),
  PREDICTION_KEY: text('a file')
    .optional()
    .describe(
      'File with the key, 64 hexadecimal digits, that signs the ids of predictions; needs `FEEDBACK_FOLDER` and `RELEASE`',
    ),
  FEEDBACK_FOLDER: text('a folder').optional().describe('Folder in which feedback waits until it is stored'),
  FEEDBACK_TEXTS: choice(['yes', 'no']).default('no').describe('Whether feedback keeps the text that it is about'),
  FEEDBACK_DAYS: wholeNumber(1, 3650).default(90).describe('Days after a prediction in which feedback on it counts'),
  RELEASE: text('16 hexadecimal digits')
    .regex(/^[0-9a-f]{16}$/)
    .optional()
    .describe('Id of the release, which the ids of predictions name'),
  SHADOW_SOCKET: text('a UNIX socket')
    .optional()
    .describe('Socket on which the shadow, a new release beside this one, takes copies of what was answered'),
  SHADOW_PERCENT: wholeNumber(1, 100).default(100).describe('Share of the texts that are copied for the shadow'),
  TLS_CERTIFICATE: text('a PEM file').optional().describe('Certificate with its chain; needs `TLS_KEY`'),
  TLS_KEY: text('a PEM file').optional().describe('Private key of the certificate; needs `TLS_CERTIFICATE`'),
  TRUST_PROXY: wholeNumber(0, 10)
    .default(0)
    .describe('Number of proxies in front of the service; the client address is taken that many hops back'),
  RATE_LIMIT_REQUESTS: wholeNumber(0, 1_000_000_000)
    .default(600)
    .describe('Requests of one client in a window; 0 disables the limit'),
  RATE_LIMIT_WINDOW_SECONDS: wholeNumber(1, 86_400).default(60).describe('Length of the window'),
  BODY_LIMIT_BYTES: wholeNumber(1024, 16_777_216).default(262_144).describe('Largest request body'),
  TEXT_LIMIT_CHARACTERS: wholeNumber(1, 1_000_000)
    .default(predictLimits.textCharacters)
    .describe('Longest text, in Unicode characters'),
  BATCH_LIMIT_TEXTS: wholeNumber(1, 10_000)
    .default(predictLimits.batchTexts)
    .describe('Largest number of texts in a batch'),
  HEADER_LIMIT_BYTES: wholeNumber(1024, 1_048_576).default(16_384).describe('Largest request head'),
  CONNECTION_LIMIT: wholeNumber(1, 1_000_000)
    .default(4096)
    .describe('Largest number of open connections; more are closed at once'),
  WAITING_LIMIT: wholeNumber(1, 100_000)
    .default(256)
    .describe('Largest number of waiting requests; more are answered 503 at once'),
  HEADER_TIMEOUT_SECONDS: wholeNumber(1, 3600).default(5).describe('Time for a request head to arrive'),
  REQUEST_TIMEOUT_SECONDS: wholeNumber(1, 3600).default(10).describe('Time for a whole request to arrive'),
  IDLE_TIMEOUT_SECONDS: wholeNumber(1, 3600)
    .default(75)
    .describe('Time that an idle connection stays open; longer than at the proxy in front'),
  METRICS_HOST: text('an address').default('127.0.0.1').describe('Address of the metrics listener'),
  METRICS_PORT: wholeNumber(0, 65_535).optional().describe('Port of the metrics listener; unset means none'),
  LOG_LEVEL: choice(logLevels).default('info').describe('Lowest level that is logged'),
  LOG_TEXT: choice(['yes', 'no']).default('no').describe('Whether request logs contain the classified texts'),
  LOG_REQUESTS_PER_SECOND: wholeNumber(0, 1_000_000)
    .default(100)
    .describe('Largest number of requests logged per second; status 500 is always logged'),
  SAMPLES: choice(['yes', 'no'])
    .default('no')
    .describe('Whether the page at `/` shows a few texts that the model was tested with, to everyone who can open it'),
  DRAIN_SECONDS: wholeNumber(1, 3600).default(20).describe('Time to answer requests in flight after SIGTERM'),
});

type Environment = z.output<typeof environmentSchema>;

/** The service's valid settings. */
export type ServiceSettings = ReturnType<typeof arrange>;

/** Reads the settings from environment variables; throws an EnvironmentError that names every invalid one. */
export function readSettings(environment: NodeJS.ProcessEnv): ServiceSettings {
  const { data, problems } = check(environmentSchema, withoutEmpty(environment));
  if (problems) {
    const lines = describeProblems(problems).map((problem) => `${problem}; change it or unset it to use the default`);
    throw new EnvironmentError(lines.join('\n'));
  }
  checkTlsPair(data);
  checkFeedback(data);
  checkTimeouts(data);
  return arrange(data);
}

// `NAME=` in an environment file means the default, as in systemd's own settings.
function withoutEmpty(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function checkTlsPair({ TLS_CERTIFICATE, TLS_KEY }: Environment): void {
  if (Boolean(TLS_CERTIFICATE) === Boolean(TLS_KEY)) return;
  const [present, absent] = TLS_KEY ? ['TLS_KEY', 'TLS_CERTIFICATE'] : ['TLS_CERTIFICATE', 'TLS_KEY'];
  throw new EnvironmentError(`${absent}: expected a PEM file because ${present} is set, got nothing; set both or none`);
}

function checkFeedback(environment: Environment): void {
  const names = ['PREDICTION_KEY', 'FEEDBACK_FOLDER', 'RELEASE'] as const;
  const absent = names.filter((name) => !environment[name]);
  if (absent.length === 0 || absent.length === names.length) return;
  if (absent.length === 2 && environment.RELEASE) return;
  throw new EnvironmentError(
    `${absent.join(', ')}: expected a value, because feedback needs ${names.join(', ')}; set all or none`,
  );
}

// Node refuses a server whose request time-out is shorter than its header time-out, without a remedy.
function checkTimeouts({ HEADER_TIMEOUT_SECONDS: head, REQUEST_TIMEOUT_SECONDS: whole }: Environment): void {
  if (head <= whole) return;
  throw new EnvironmentError(
    `HEADER_TIMEOUT_SECONDS: expected at most REQUEST_TIMEOUT_SECONDS (${whole}), got ${head}; lower it or raise the other`,
  );
}

function arrange(environment: Environment) {
  const { TLS_CERTIFICATE: certificate, TLS_KEY: key, METRICS_PORT: metricsPort } = environment;
  return {
    host: environment.HOST,
    port: environment.PORT,
    artifact: environment.ARTIFACT,
    apiKeys: environment.API_KEYS,
    feedback: feedbackOf(environment),
    shadow: environment.SHADOW_SOCKET
      ? { socket: environment.SHADOW_SOCKET, percent: environment.SHADOW_PERCENT }
      : undefined,
    tls: certificate && key ? { certificate, key } : undefined,
    trustProxy: environment.TRUST_PROXY,
    rateLimit: { requests: environment.RATE_LIMIT_REQUESTS, windowSeconds: environment.RATE_LIMIT_WINDOW_SECONDS },
    limits: {
      bodyBytes: environment.BODY_LIMIT_BYTES,
      textCharacters: environment.TEXT_LIMIT_CHARACTERS,
      batchTexts: environment.BATCH_LIMIT_TEXTS,
      headerBytes: environment.HEADER_LIMIT_BYTES,
      connections: environment.CONNECTION_LIMIT,
      waiting: environment.WAITING_LIMIT,
    },
    timeouts: {
      headerSeconds: environment.HEADER_TIMEOUT_SECONDS,
      requestSeconds: environment.REQUEST_TIMEOUT_SECONDS,
      idleSeconds: environment.IDLE_TIMEOUT_SECONDS,
    },
    metrics: metricsPort === undefined ? undefined : { host: environment.METRICS_HOST, port: metricsPort },
    log: {
      level: environment.LOG_LEVEL,
      text: environment.LOG_TEXT === 'yes',
      requestsPerSecond: environment.LOG_REQUESTS_PER_SECOND,
    },
    samples: environment.SAMPLES === 'yes',
    drainSeconds: environment.DRAIN_SECONDS,
  };
}

function feedbackOf(environment: Environment) {
  const { PREDICTION_KEY: key, FEEDBACK_FOLDER: folder, RELEASE: release } = environment;
  if (!key || !folder || !release) return undefined;
  return { key, folder, release, keepsTexts: environment.FEEDBACK_TEXTS === 'yes', days: environment.FEEDBACK_DAYS };
}
