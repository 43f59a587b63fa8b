import { randomBytes } from 'node:crypto';

/** The position of a request in a distributed trace (W3C Trace Context). */
export interface Trace {
  traceId: string;
  parentId: string;
  spanId: string;
  flags: string;
}

const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** Continues the trace of a `traceparent` header; undefined for a missing or malformed header. */
export function continueTrace(header: string | string[] | undefined): Trace | undefined {
  if (typeof header !== 'string') return undefined;
  const [, traceId, parentId, flags] = traceparent.exec(header) ?? [];
  if (!traceId || !parentId || !flags) return undefined;
  return { traceId, parentId, flags, spanId: randomBytes(8).toString('hex') };
}

/** Returns the `traceresponse` header, with the span of the answer. */
export function traceResponse({ traceId, spanId, flags }: Trace): string {
  return `00-${traceId}-${spanId}-${flags}`;
}
