import { type ProblemName, problemCatalogue } from './catalogue.ts';

/** An invalid value and its place: a JSON pointer into the body, or a query parameter. */
export interface ProblemPlace {
  detail: string;
  pointer?: string;
  parameter?: string;
}

/** A problem detail as RFC 9457 defines it. `error` repeats the detail where the Open Inference Protocol expects it. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: ProblemPlace[];
  error?: string;
}

interface ProblemOptions {
  errors?: ProblemPlace[];
  headers?: Record<string, string>;
}

/** Returns the problem of one invalid value at a JSON pointer into the body. */
export function invalidAt(pointer: string, detail: string): HttpProblem {
  return new HttpProblem('invalid-content', `${pointer}: ${detail}.`, { errors: [{ detail, pointer }] });
}

/** An error that a request is answered with. */
export class HttpProblem extends Error {
  readonly kind: ProblemName;
  readonly errors: ProblemPlace[] | undefined;
  readonly headers: Record<string, string>;

  constructor(kind: ProblemName, detail: string, { errors, headers = {} }: ProblemOptions = {}) {
    super(detail);
    this.kind = kind;
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return problemCatalogue[this.kind].status;
  }

  toBody(): ProblemBody {
    const { status, title } = problemCatalogue[this.kind];
    const body = { type: `urn:intent-fleet:problem:${this.kind}`, title, status, detail: this.message };
    return this.errors ? { ...body, errors: this.errors } : body;
  }
}
