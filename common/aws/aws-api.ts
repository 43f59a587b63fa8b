import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { type HttpAnswer, send } from './request.ts';
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

/** The service of an API, and how it is called. */
export interface AwsService {
  /** Its name in signatures. */
  name: string;
  /** What calls are prefixed with. */
  target: string;
  /** The version of its JSON protocol. */
  protocol: '1.0' | '1.1';
}

export const cloudWatchLogs: AwsService = { name: 'logs', target: 'Logs_20140328', protocol: '1.1' };

export const cloudWatch: AwsService = {
  name: 'monitoring',
  target: 'GraniteServiceVersion20100801',
  protocol: '1.0',
};

export interface AwsApiProps {
  service: AwsService;
  /** Such as `https://logs.eu-central-1.amazonaws.com`. */
  endpoint: string;
  region: string;
  credentials: Pick<RoleCredentials, 'get' | 'forget'>;
}

const timeoutMilliseconds = 15_000;

const clockFaults = ['InvalidSignatureException', 'SignatureDoesNotMatch', 'RequestExpired', 'RequestTimeTooSkewed'];
const credentialFaults = ['ExpiredTokenException', 'UnrecognizedClientException', 'InvalidClientTokenId'];

/** The API of a service. AWS's own client takes 10 MB more. */
export class AwsApi {
  readonly #props: AwsApiProps;
  // How far AWS' clock is ahead of this machine's.
  #aheadMilliseconds = 0;

  constructor(props: AwsApiProps) {
    this.#props = props;
  }

  /** Calls an action. What was wrong with time or credentials is corrected for the next call. */
  async call(action: string, input: object): Promise<Record<string, unknown>> {
    const answer = await this.#send(action, JSON.stringify(input));
    if (answer.status === 200) return answer.body === '' ? {} : (JSON.parse(answer.body) as Record<string, unknown>);
    const error = errorOf(answer);
    if (clockFaults.includes(error.code))
      this.#aheadMilliseconds = Date.parse(answer.headers.date ?? '') - Date.now() || 0;
    if (credentialFaults.includes(error.code)) this.#props.credentials.forget();
    throw error;
  }

  async #send(action: string, body: string): Promise<HttpAnswer> {
    const { service, endpoint, region, credentials } = this.#props;
    const { host, hostname, protocol } = new URL(endpoint);
    const headers = {
      host,
      'content-type': `application/x-amz-json-${service.protocol}`,
      'x-amz-target': `${service.target}.${action}`,
    };
    const identity = { region, credentials: await credentials.get() };
    const signer = new SignatureV4({ service: service.name, ...identity, sha256: Sha256 });
    const request = { method: 'POST', protocol, hostname, path: '/', query: {}, headers, body };
    const signingDate = new Date(Date.now() + this.#aheadMilliseconds);
    const signed = await signer.sign(request, { signingDate });
    return send({ url: `${endpoint}/`, method: 'POST', headers: signed.headers, body, timeoutMilliseconds });
  }
}

// The code is `ThrottlingException`, `com.amazonaws.logs#ThrottlingException` or `ThrottlingException:http://…`.
function errorOf({ status, headers, body }: HttpAnswer): ServiceError {
  const { __type, message, Message } = parsed(body);
  const type = String(headers['x-amzn-errortype'] ?? __type ?? `status ${status}`);
  return new ServiceError(type.replace(/^.*#/, '').replace(/:.*$/, ''), String(message ?? Message ?? ''));
}

// A proxy between may answer with something else than JSON.
function parsed(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
