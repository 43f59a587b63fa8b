import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { type HttpAnswer, send } from './request.ts';
import type { RoleCredentials } from './role-credentials.ts';

/** An error that CloudWatch Logs has answered. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** Such as `ThrottlingException`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message ? `${code}: ${message}` : code);
    this.code = code;
  }
}

export interface CloudWatchLogsProps {
  /** Such as `https://logs.eu-central-1.amazonaws.com`. */
  endpoint: string;
  region: string;
  credentials: Pick<RoleCredentials, 'get' | 'forget'>;
}

const timeoutMilliseconds = 15_000;

const clockFaults = ['InvalidSignatureException', 'SignatureDoesNotMatch', 'RequestExpired', 'RequestTimeTooSkewed'];
const credentialFaults = ['ExpiredTokenException', 'UnrecognizedClientException', 'InvalidClientTokenId'];

/** The API of CloudWatch Logs. AWS's own client takes 10 MB more. */
export class CloudWatchLogs {
  readonly #props: CloudWatchLogsProps;
  // How far AWS' clock is ahead of this machine's.
  #aheadMilliseconds = 0;

  constructor(props: CloudWatchLogsProps) {
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
    const { endpoint, region, credentials } = this.#props;
    const { host, hostname, protocol } = new URL(endpoint);
    const headers = { host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${action}` };
    const signer = new SignatureV4({ service: 'logs', region, credentials: await credentials.get(), sha256: Sha256 });
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
