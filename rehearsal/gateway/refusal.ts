import type { IncomingMessage, ServerResponse } from 'node:http';
import { protocolOf } from '../protocols/call.ts';
import type { Protocol } from '../protocols/protocol.ts';
import type { Fault } from './authenticate.ts';
import { respondWithError } from './respond.ts';
import { authorizationOf } from './signature.ts';

const invalidSignature =
  'The request signature we calculated does not match the signature you provided. ' +
  'Check your AWS Secret Access Key and signing method.';
const skewedClock = 'The difference between the request time and the current time is more than 15 minutes.';
const unknownKey = 'The security token included in the request is invalid: this rehearsal has another access key.';
const unsigned = 'Request is missing Authentication Token';
const otherHost = 'This server is 127.0.0.1 or localhost, with its port; the request is for another host.';

/** AWS's codes, which differ between protocols, and the messages. */
const refusals: Record<Fault, Record<Protocol['name'], string> & { message: string }> = {
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

/** Refuses a request. */
export function refuse(incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault): undefined {
  const { message, [protocolOf(incoming.headers).name]: code } = refusals[fault];
  respondWithError(incoming, outgoing, { status: 403, code, message });
}

/** Refuses a request of a known caller that has no permission for it, with the sentence that says so. */
export function deny(incoming: IncomingMessage, outgoing: ServerResponse, sentence: string): undefined {
  if (protocolOf(incoming.headers).name === 'json')
    return respondWithError(incoming, outgoing, { status: 400, code: 'AccessDeniedException', message: sentence });
  const service = authorizationOf(incoming)?.service ?? '';
  const code = { ec2: 'UnauthorizedOperation', sns: 'AuthorizationError' }[service] ?? 'AccessDenied';
  const message = service === 'ec2' ? `You are not authorized to perform this operation. ${sentence}` : sentence;
  respondWithError(incoming, outgoing, { status: 403, code, message });
}
