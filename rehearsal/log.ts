/** Writes an event with its details to standard output, as a line of JSON. */
export function log(message: string, details: object = {}): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), message, ...details }));
}

export type Log = typeof log;
