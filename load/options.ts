import { UserError } from '../common/errors.ts';

/** How much load is sent, and what becomes of the figures. */
export interface LoadOptions {
  /** Requests a second, each sent when it is due; without it each connection sends its next request after an answer. */
  rate: number | undefined;
  /** The largest number of connections, each with one request at a time. */
  connections: number;
  seconds: number;
  /** The file of the texts; without it, the test texts of the stage's model. */
  texts: string | undefined;
  /** The API key that is sent with each request. */
  apiKey?: string | undefined;
  /** Where the page is written. */
  report: string | undefined;
}

interface Range {
  least: number;
  most: number;
  isWhole: boolean;
}

const rates: Range = { least: 0.1, most: 100_000, isWhole: false };
const connectionCounts: Range = { least: 1, most: 1000, isWhole: true };
const durations: Range = { least: 1, most: 3600, isWhole: true };

// Below the rate limits that come with the project.
const defaultRate = 20;

// Enough for that many requests a second that take a second each; they are opened when they are needed.
const connectionsOfRate = 100;

/** Reads the options from the variables RATE, CONNECTIONS, SECONDS, TEXTS, API_KEY and REPORT. */
export function loadOptions(environment: NodeJS.ProcessEnv): LoadOptions {
  const connections = numberOf('CONNECTIONS', environment, connectionCounts);
  const rate = numberOf('RATE', environment, rates) ?? (connections === undefined ? defaultRate : undefined);
  return {
    rate,
    connections: connections ?? connectionsOfRate,
    seconds: numberOf('SECONDS', environment, durations) ?? 30,
    texts: environment.TEXTS || undefined,
    apiKey: environment.API_KEY || undefined,
    report: environment.REPORT || undefined,
  };
}

function numberOf(name: string, environment: NodeJS.ProcessEnv, range: Range): number | undefined {
  const text = environment[name];
  if (!text) return undefined;
  const { least, most, isWhole } = range;
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return value;
  throw new UserError(`${name}=${text}: expected a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}`);
}
