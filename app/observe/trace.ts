import { randomBytes } from 'node:crypto';

/** Where a request stands in a distributed trace (W3C Trace Context). */
export interface Trace {
  traceId: string;
  parentId: string;
  spanId: string;
  flags: string;
}

const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** Continues the trace that a `traceparent` header names; without one, or with a malformed one, there is no trace. */
export function continueTrace(header: string | string[] | undefined): Trace | undefined {
  if (typeof header !== 'string') return undefined;
  const [, traceId, parentId, flags] = traceparent.exec(header) ?? [];
  if (!traceId || !parentId || !flags) return undefined;
  return { traceId, parentId, flags, spanId: randomBytes(8).toString('hex') };
}

/** The `traceresponse` header, which tells the caller under which span its request was answered. */
export function traceResponse({ traceId, spanId, flags }: Trace): string {
  return `00-${traceId}-${spanId}-${flags}`;
}
