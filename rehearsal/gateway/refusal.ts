import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './authenticate.ts';
import { escapeXml, queryError } from './query.ts';
import { authorizationOf } from './signature.ts';

type Protocol = 'query' | 'json' | 's3';

const invalidSignature =
  'The request signature we calculated does not match the signature you provided. ' +
  'Check your AWS Secret Access Key and signing method.';
const skewedClock = 'The difference between the request time and the current time is more than 15 minutes.';
const unknownKey = 'The security token included in the request is invalid: this rehearsal has another access key.';
const unsigned = 'Request is missing Authentication Token';
const otherHost = 'This server is 127.0.0.1 or localhost, with its port; the request is for another host.';

/** AWS's codes, which differ between protocols, and the messages. */
const refusals: Record<Fault, Record<Protocol, string> & { message: string }> = {
  host: { query: 'AccessDenied', json: 'AccessDeniedException', s3: 'AccessDenied', message: otherHost },
  unsigned: {
    query: 'MissingAuthenticationToken',
    json: 'MissingAuthenticationTokenException',
    s3: 'AccessDenied',
    message: unsigned,
  },
  'unknown key': {
    query: 'InvalidClientTokenId',
    json: 'UnrecognizedClientException',
    s3: 'InvalidAccessKeyId',
    message: unknownKey,
  },
  'expired token': {
    query: 'ExpiredToken',
    json: 'ExpiredTokenException',
    s3: 'ExpiredToken',
    message: 'The provided token has expired.',
  },
  'skewed clock': {
    query: 'SignatureDoesNotMatch',
    json: 'InvalidSignatureException',
    s3: 'RequestTimeTooSkewed',
    message: skewedClock,
  },
  signature: {
    query: 'SignatureDoesNotMatch',
    json: 'InvalidSignatureException',
    s3: 'SignatureDoesNotMatch',
    message: invalidSignature,
  },
  payload: {
    query: 'SignatureDoesNotMatch',
    json: 'InvalidSignatureException',
    s3: 'XAmzContentSHA256Mismatch',
    message: 'The provided x-amz-content-sha256 header does not match what was computed.',
  },
};

/** Refuses a request, in the form in which the errors of its protocol are. */
export function refuse(incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault): undefined {
  const protocol = protocolOf(incoming);
  const { message, [protocol]: code } = refusals[fault];
  respond(incoming, outgoing, { protocol, status: 403, code, message });
}

/** Refuses a request of a known caller that has no permission for it, with the sentence that says so. */
export function deny(incoming: IncomingMessage, outgoing: ServerResponse, sentence: string): undefined {
  const protocol = protocolOf(incoming);
  if (protocol === 'json')
    return respond(incoming, outgoing, { protocol, status: 400, code: 'AccessDeniedException', message: sentence });
  const service = protocol === 'query' ? authorizationOf(incoming)?.service : 's3';
  const code = { ec2: 'UnauthorizedOperation', sns: 'AuthorizationError' }[service ?? ''] ?? 'AccessDenied';
  const message = service === 'ec2' ? `You are not authorized to perform this operation. ${sentence}` : sentence;
  respond(incoming, outgoing, { protocol, status: 403, code, message });
}

/** Answers a request that the rehearsal itself cannot carry out. */
export function fail(incoming: IncomingMessage, outgoing: ServerResponse, sentence: string): undefined {
  respond(incoming, outgoing, {
    protocol: protocolOf(incoming),
    status: 502,
    code: 'InternalFailure',
    message: sentence,
  });
}

interface Refusal {
  protocol: Protocol;
  status: number;
  code: string;
  message: string;
}

function respond(incoming: IncomingMessage, outgoing: ServerResponse, refusal: Refusal): undefined {
  const { protocol, status, code, message } = refusal;
  const [type, body] = errorOf(protocol, incoming, code, message);
  // The body may not have been read.
  const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body), connection: 'close' };
  outgoing.writeHead(status, { ...headers, ...(protocol === 'json' && { 'x-amzn-errortype': code }) }).end(body);
}

function protocolOf({ headers: { 'content-type': type = '' } }: IncomingMessage): Protocol {
  if (type.startsWith('application/x-www-form-urlencoded')) return 'query';
  return /^application\/(?:x-amz-)?json/.test(type) ? 'json' : 's3';
}

function errorOf(protocol: Protocol, incoming: IncomingMessage, code: string, message: string): [string, string] {
  if (protocol === 'json') return ['application/x-amz-json-1.1', JSON.stringify({ __type: code, message })];
  if (protocol === 'query') {
    const call = { service: authorizationOf(incoming)?.service ?? '', action: '', parameters: new URLSearchParams() };
    return ['text/xml', queryError(call, code, message)];
  }
  const error = `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return ['application/xml', `<?xml version="1.0" encoding="UTF-8"?>\n${error}`];
}
