import { UserError } from '../common/errors.ts';

/** What a server has answered, as far as it did. */
export interface Refusal {
  /** The status; undefined where there was no answer. */
  status?: number;
  /** The code of MLflow, such as `RESOURCE_DOES_NOT_EXIST`; undefined where something else has answered. */
  code?: string;
}

// As in MLflow's own clients.
const temporary = new Set([408, 429, 500, 502, 503, 504]);

// Whoever asks next, or for something else, is answered the same.
const ofServer = new Set([401, 403, 408, 429, 502, 503, 504]);

/** A call that an MLflow server did not answer as expected. */
export class MlflowError extends UserError {
  override readonly name = 'MlflowError';
  readonly code: string | undefined;
  readonly #status: number | undefined;

  constructor(message: string, { status, code }: Refusal, options?: ErrorOptions) {
    super(message, options);
    this.#status = status;
    this.code = code;
  }

  /** Whether the same call may succeed in a moment. */
  get isTemporary(): boolean {
    return this.#status === undefined || temporary.has(this.#status);
  }

  /** Whether the server, not this call, is the matter. */
  get isOfServer(): boolean {
    return this.#status === undefined || ofServer.has(this.#status);
  }
}
