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
    const { timestamp } = event;
    const { message, length } = fitting(event.message);
    const size = length + overheadBytes;
    const span = timestamp - (batch[0]?.timestamp ?? timestamp);
    if (bytes + size > batchBytes || batch.length === batchEvents || span >= batchMilliseconds) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push({ timestamp, message });
    bytes += size;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

/** Returns a message that one event can have, and its bytes. */
function fitting(message: string): { message: string; length: number } {
  const length = Buffer.byteLength(message);
  if (length + overheadBytes <= eventBytes) return { message, length };
  const mark = ` … cut off: the line has ${length} bytes`;
  const kept = Buffer.from(message).subarray(0, eventBytes - overheadBytes - Buffer.byteLength(mark));
  // A character that was cut in two becomes one replacement character, which is no longer than what it replaces.
  const cut = new TextDecoder().decode(kept, { stream: true }) + mark;
  return { message: cut, length: Buffer.byteLength(cut) };
}
