/** Returns an ISO 8601 time as people read it in a table, to the minute: `2026-05-01 10:00`. */
export function readableMinute(time: string): string {
  return time.slice(0, 'YYYY-MM-DDThh:mm'.length).replace('T', ' ');
}
