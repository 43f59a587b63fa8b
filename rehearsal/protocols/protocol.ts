import type { IncomingHttpHeaders } from 'node:http';
import type { Input } from './input.ts';

/** A value of an answer: a scalar, a list, a map or a structure, without the members that are undefined. */
export type Value =
  | string
  | number
  | boolean
  | Date
  | undefined
  | Value[]
  | Map<string, Value>
  | { [name: string]: Value };

/** How a service writes calls, answers and errors. */
export interface Protocol {
  name: 'query' | 'json' | 's3';
  /** The content type of answers. */
  type: string;
  /** Parses a body; undefined if it is no call, or when the emulator might understand another one. */
  parse: (body: string, headers: IncomingHttpHeaders) => { action: string; input: Input } | undefined;
  /** Returns the body of a successful answer. */
  answer: (call: { service: string; action: string }, value: Value) => string;
  /** Returns the body of an error; `code` is one that the service documents. */
  error: (service: string, code: string, message: string) => string;
}
