import type { IncomingMessage } from 'node:http';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { type HttpAnswer, type HttpRequest, open, send } from './request.ts';
import type { RoleCredentials } from './role-credentials.ts';

/** An error that AWS has answered. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** Such as `ThrottlingException`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message ? `${code}: ${message}` : code);
    this.code = code;
  }
}

export interface SignedRequestsProps {
  /** The name of the service in signatures. */
  service: string;
  region: string;
  credentials: Pick<RoleCredentials, 'get' | 'forget'>;
}

export interface UnsignedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

const timeoutMilliseconds = 15_000;

const clockFaults = ['InvalidSignatureException', 'SignatureDoesNotMatch', 'RequestExpired', 'RequestTimeTooSkewed'];
const credentialFaults = [
  ...['ExpiredTokenException', 'UnrecognizedClientException', 'InvalidClientTokenId'],
  // Those of S3.
  ...['ExpiredToken', 'InvalidAccessKeyId', 'InvalidToken'],
];

/** Requests to a service of AWS with the role of the machine. AWS's own client takes 10 MB more. */
export class SignedRequests {
  readonly #props: SignedRequestsProps;
  // How far AWS' clock is ahead of this machine's.
  #aheadMilliseconds = 0;

  constructor(props: SignedRequestsProps) {
    this.#props = props;
  }

  async send(unsigned: UnsignedRequest): Promise<HttpAnswer> {
    return send({ ...(await this.#sign(unsigned)), timeoutMilliseconds });
  }

  /** Sends a request whose answer may be large; the time is for the whole answer, whose body the caller reads. */
  async open(unsigned: UnsignedRequest, wholeMilliseconds: number): Promise<IncomingMessage> {
    return open({ ...(await this.#sign(unsigned)), timeoutMilliseconds: wholeMilliseconds });
  }

  async #sign({ method, url, headers, body }: UnsignedRequest): Promise<Omit<HttpRequest, 'timeoutMilliseconds'>> {
    const { service, region, credentials } = this.#props;
    const { host, hostname, protocol, pathname: path } = new URL(url);
    const identity = { region, credentials: await credentials.get() };
    const signer = new SignatureV4({ service, ...identity, sha256: Sha256, uriEscapePath: false });
    const request = { method, protocol, hostname, path, query: {}, headers: { host, ...headers }, body };
    const signingDate = new Date(Date.now() + this.#aheadMilliseconds);
    const signed = await signer.sign(request, { signingDate });
    return { url, method, headers: signed.headers, body };
  }

  /** Makes the error of an answer. What was wrong with time or credentials is corrected for the next request. */
  fault(answer: HttpAnswer, code: string, message: string): ServiceError {
    if (clockFaults.includes(code)) this.#aheadMilliseconds = Date.parse(answer.headers.date ?? '') - Date.now() || 0;
    if (credentialFaults.includes(code)) this.#props.credentials.forget();
    return new ServiceError(code, message);
  }
}
