import pRetry from 'p-retry';
import type { AwsApi } from '../../common/aws/aws-api.ts';
import { ServiceError } from '../../common/aws/signed-requests.ts';
import { type LogUnit, logGroupName } from '../../common/log-units.ts';
import type { LogLine } from '../line.ts';
import type { Tally } from '../metrics/tally.ts';
import { batchesOf, type LogEvent } from './batches.ts';

export interface LogStoreProps {
  api: Pick<AwsApi, 'call'>;
  /** The prefix of the log groups, such as `/intent-fleet-production`. */
  groups: string;
  /** The name of this machine's streams. */
  stream: string;
  /** Counts what was stored, and what failed. */
  tally: Pick<Tally, 'stored' | 'failed'>;
  /** Receives what people must know. */
  report: (sentence: string) => void;
  /** The first and the longest pause before another attempt, in milliseconds. */
  pauses?: { first: number; longest: number };
}

/** The log groups of a stage: what a machine puts into them. */
export class LogStore {
  readonly #props: LogStoreProps;

  constructor(props: LogStoreProps) {
    this.#props = props;
  }

  /** Resolves once every line is stored, however long that takes, except those that CloudWatch will never take. */
  async put(lines: readonly LogLine[]): Promise<void> {
    const byUnit = Map.groupBy(lines, ({ unit }) => unit);
    for (const [unit, ofUnit] of byUnit) {
      for (const batch of batchesOf(ofUnit)) await this.#deliver(unit, batch);
    }
  }

  // Halves a batch that CloudWatch refuses until it is the one event that is wrong.
  async #deliver(unit: LogUnit, batch: readonly LogEvent[]): Promise<void> {
    const fault = await this.#untilAnswered(unit, batch);
    if (!fault) return;
    const half = Math.ceil(batch.length / 2);
    if (fault.code !== 'InvalidParameterException' || batch.length === 1)
      return this.#drop(unit, batch.length, fault.message);
    await this.#deliver(unit, batch.slice(0, half));
    await this.#deliver(unit, batch.slice(half));
  }

  /** Puts a batch until CloudWatch takes it, or says that it never will; returns why not. */
  async #untilAnswered(unit: LogUnit, batch: readonly LogEvent[]): Promise<ServiceError | undefined> {
    const { report, tally, pauses = { first: 250, longest: 15_000 } } = this.#props;
    let failures = 0;
    const attempt = () => this.#attempt(unit, batch);
    const fault = await pRetry(attempt, {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: pauses.first,
      // Machines that failed at the same time try again at different ones.
      maxTimeout: pauses.longest * (1 + Math.random() / 3),
      randomize: true,
      onFailedAttempt: ({ error, attemptNumber }) => {
        failures = attemptNumber;
        tally.failed();
        if (failures === 1) report(`${this.#group(unit)} does not take lines, which wait: ${error.message}`);
      },
    });
    if (failures > 0) report(`${this.#group(unit)} takes lines again after ${failures} failed attempts`);
    return fault;
  }

  async #attempt(unit: LogUnit, logEvents: readonly LogEvent[]): Promise<ServiceError | undefined> {
    const { api, stream, tally } = this.#props;
    const place = { logGroupName: this.#group(unit), logStreamName: stream };
    const put = () => api.call('PutLogEvents', { ...place, logEvents });
    try {
      const answer = await put().catch(async (error: unknown) => {
        if (codeOf(error) !== 'ResourceNotFoundException') throw error;
        await api.call('CreateLogStream', place).catch(unlessThere);
        return put();
      });
      const rejected = this.#dropRejected(unit, logEvents.length, answer.rejectedLogEventsInfo);
      tally.stored(unit, logEvents.length - rejected);
      return undefined;
    } catch (error) {
      if (!(error instanceof ServiceError && hopeless.includes(error.code))) throw error;
      tally.failed();
      return error;
    }
  }

  // CloudWatch takes a batch without the events that are too old or too new for it. Returns the number of these.
  #dropRejected(unit: LogUnit, length: number, rejected: unknown): number {
    const { tooOldLogEventEndIndex, expiredLogEventEndIndex, tooNewLogEventStartIndex } = (rejected ?? {}) as Rejected;
    const tooOld = Math.max(tooOldLogEventEndIndex ?? 0, expiredLogEventEndIndex ?? 0);
    if (tooOld > 0) this.#drop(unit, tooOld, 'they are too old');
    const tooNew = length - (tooNewLogEventStartIndex ?? length);
    if (tooNew > 0) this.#drop(unit, tooNew, 'their time is more than two hours ahead');
    return tooOld + tooNew;
  }

  #drop(unit: LogUnit, lines: number, reason: string): void {
    this.#props.report(`${this.#group(unit)} gets ${lines} lines less: ${reason}`);
  }

  #group(unit: LogUnit): string {
    return logGroupName(this.#props.groups, unit);
  }
}

/** What another attempt does not change: a batch that is refused, and a group that somebody has deleted. */
const hopeless = ['InvalidParameterException', 'ResourceNotFoundException'];

interface Rejected {
  tooOldLogEventEndIndex?: number;
  expiredLogEventEndIndex?: number;
  tooNewLogEventStartIndex?: number;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof ServiceError ? error.code : undefined;
}

function unlessThere(error: unknown): void {
  if (codeOf(error) !== 'ResourceAlreadyExistsException') throw error;
}
