/** Returns an error of the system with the path at which it happened, and with its code. */
export function failedAt(path: string, error: unknown): Error {
  const { message, code } = error as NodeJS.ErrnoException;
  return Object.assign(new Error(`${path}: ${message}`, { cause: error }), { code });
}
