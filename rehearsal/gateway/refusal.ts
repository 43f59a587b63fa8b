import type { IncomingMessage, ServerResponse } from 'node:http';
import { protocolOf } from '../protocols/call.ts';
import type { Protocol } from '../protocols/protocol.ts';
import type { Fault } from './authenticate.ts';
import { respondWithError } from './respond.ts';
import { authorizationOf } from './signature.ts';

/** What is wrong, and AWS' code for it in each protocol. */
interface Refusal extends Record<Protocol['name'], string> {
  message: string;
}

const invalid = { query: 'SignatureDoesNotMatch', json: 'InvalidSignatureException' };

const refusals: Record<Fault, Refusal> = {
  host: {
    ...{ query: 'AccessDenied', json: 'AccessDeniedException', s3: 'AccessDenied' },
    message: 'This server is 127.0.0.1 or localhost, with its port; the request is for another host.',
  },
  unsigned: {
    ...{ query: 'MissingAuthenticationToken', json: 'MissingAuthenticationTokenException', s3: 'AccessDenied' },
    message: 'Request is missing Authentication Token',
  },
  'unknown key': {
    ...{ query: 'InvalidClientTokenId', json: 'UnrecognizedClientException', s3: 'InvalidAccessKeyId' },
    message: 'The security token included in the request is invalid: this rehearsal has another access key.',
  },
  'expired token': {
    ...{ query: 'ExpiredToken', json: 'ExpiredTokenException', s3: 'ExpiredToken' },
    message: 'The provided token has expired.',
  },
  'skewed clock': {
    ...invalid,
    s3: 'RequestTimeTooSkewed',
    message: 'The difference between the request time and the current time is more than 15 minutes.',
  },
  signature: {
    ...invalid,
    s3: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method.',
  },
  payload: {
    ...invalid,
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
