import { CloudWatchLogsClient, type FilteredLogEvent, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { type LogUnit, logGroupName, logUnits } from '../common/log-units.ts';
import { type Access, clientConfiguration } from './access.ts';

/** A line that a machine has shipped. */
export interface StoredLine {
  /** Different for each line. */
  id: string;
  machine: string;
  unit: LogUnit;
  /** Milliseconds since 1970. */
  timestamp: number;
  message: string;
}

/** Which lines are read. */
export interface LineSelection {
  units: readonly LogUnit[];
  /** Milliseconds since 1970. */
  since: number;
  /** A machine's id, or its beginning. */
  machine?: string | undefined;
  /** Words that a line has, without quotes. */
  containing?: string | undefined;
}

/** The lines that the machines of a stage have shipped to CloudWatch Logs. */
export class StoredLogs {
  readonly #client: CloudWatchLogsClient;
  readonly #groups: string;

  /** `groups` is the prefix of the names of the log groups. */
  constructor(access: Access, groups: string) {
    this.#client = new CloudWatchLogsClient(clientConfiguration(access));
    this.#groups = groups;
  }

  /** Reads lines, unit after unit, in no order. */
  async *read({ units, ...selection }: LineSelection): AsyncGenerator<StoredLine> {
    for (const unit of units) {
      for await (const line of this.#linesOf(unit, selection)) yield line;
    }
  }

  /** Tells whether a machine has ever shipped a line that is still kept. */
  async hasLinesOf(machine: string): Promise<boolean> {
    for await (const _ of this.read({ units: logUnits, since: 0, machine })) return true;
    return false;
  }

  async *#linesOf(
    unit: LogUnit,
    { since: startTime, machine = '', containing }: Omit<LineSelection, 'units'>,
  ): AsyncGenerator<StoredLine> {
    const input = {
      ...{ logGroupName: logGroupName(this.#groups, unit), startTime },
      ...(machine && { logStreamNamePrefix: machine }),
      ...(containing && { filterPattern: `"${containing}"` }),
    };
    try {
      for await (const { events = [] } of paginateFilterLogEvents({ client: this.#client }, input))
        for (const event of events) if (event.logStreamName?.startsWith(machine)) yield lineOf(unit, event);
    } catch (error) {
      // No machine has shipped a line of this unit yet.
      if ((error as Error).name !== 'ResourceNotFoundException') throw error;
    }
  }
}

function lineOf(unit: LogUnit, event: FilteredLogEvent): StoredLine {
  const { eventId = '', logStreamName = '', timestamp = 0, message = '' } = event;
  return { id: `${unit}:${eventId}`, machine: logStreamName, unit, timestamp, message };
}
