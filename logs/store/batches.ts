/** An event of CloudWatch Logs. */
export interface LogEvent {
  timestamp: number;
  message: string;
}

// CloudWatch's limits of one call, and what it adds to the bytes of each message.
const batchBytes = 1_048_576;
const batchEvents = 10_000;
const batchMilliseconds = 24 * 60 * 60 * 1000;
const eventBytes = 262_144;
const overheadBytes = 26;

/** Sorts events by time and divides them into batches that CloudWatch accepts; a message that is too long is cut off, and says so. */
export function batchesOf(events: readonly LogEvent[]): LogEvent[][] {
  const batches: LogEvent[][] = [];
  let batch: LogEvent[] = [];
  let bytes = 0;
  for (const event of events.toSorted((one, other) => one.timestamp - other.timestamp)) {
    const fitting = { timestamp: event.timestamp, message: cutOff(event.message) };
    const size = Buffer.byteLength(fitting.message) + overheadBytes;
    const [first = fitting] = batch;
    const span = fitting.timestamp - first.timestamp;
    if (bytes + size > batchBytes || batch.length === batchEvents || span >= batchMilliseconds) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(fitting);
    bytes += size;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

function cutOff(message: string): string {
  const length = Buffer.byteLength(message);
  if (length + overheadBytes <= eventBytes) return message;
  const mark = ` … cut off: the line has ${length} bytes`;
  const kept = Buffer.from(message).subarray(0, eventBytes - overheadBytes - Buffer.byteLength(mark));
  // A character that was cut in two becomes one replacement character, which is no longer than what it replaces.
  return new TextDecoder().decode(kept, { stream: true }) + mark;
}
