/** Writes one event with its details to the log. */
export type Log = (message: string, details?: object) => void;

/** Writes each event to standard output as a line of JSON. */
export const log: Log = (message, details = {}) => {
  console.log(JSON.stringify({ time: new Date().toISOString(), message, ...details }));
};
