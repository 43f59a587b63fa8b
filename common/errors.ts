/** An error that a person can act on: its message is shown without a stack. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** The user interrupted a command, and the work under way ended in good order. */
export class InterruptedError extends UserError {
  override readonly name = 'InterruptedError';
  /** The signal that interrupted it. */
  readonly signal: NodeJS.Signals;

  constructor(message: string, signal: NodeJS.Signals) {
    super(message);
    this.signal = signal;
  }
}
