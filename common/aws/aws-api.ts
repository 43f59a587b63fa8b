import type { HttpAnswer } from './request.ts';
import { SignedRequests, type SignedRequestsProps } from './signed-requests.ts';

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

export const systemsManager: AwsService = { name: 'ssm', target: 'AmazonSSM', protocol: '1.1' };

export interface AwsApiProps extends Pick<SignedRequestsProps, 'region' | 'credentials'> {
  service: AwsService;
  /** Such as `https://logs.eu-central-1.amazonaws.com`. */
  endpoint: string;
}

/** The API of a service that takes and answers JSON. */
export class AwsApi {
  readonly #service: AwsService;
  readonly #url: string;
  readonly #requests: SignedRequests;

  constructor({ service, endpoint, region, credentials }: AwsApiProps) {
    this.#service = service;
    this.#url = `${endpoint}/`;
    this.#requests = new SignedRequests({ service: service.name, region, credentials });
  }

  /** Calls an action. What was wrong with time or credentials is corrected for the next call. */
  async call(action: string, input: object): Promise<Record<string, unknown>> {
    const { target, protocol } = this.#service;
    const headers = { 'content-type': `application/x-amz-json-${protocol}`, 'x-amz-target': `${target}.${action}` };
    const body = JSON.stringify(input);
    const answer = await this.#requests.send({ method: 'POST', url: this.#url, headers, body });
    if (answer.status === 200) return answer.body === '' ? {} : (JSON.parse(answer.body) as Record<string, unknown>);
    const { code, message } = describe(answer);
    throw this.#requests.fault(answer, code, message);
  }
}

// The code is `ThrottlingException`, `com.amazonaws.logs#ThrottlingException` or `ThrottlingException:http://…`.
function describe({ status, headers, body }: HttpAnswer): { code: string; message: string } {
  const { __type, message, Message } = parsed(body);
  const type = String(headers['x-amzn-errortype'] ?? __type ?? `status ${status}`);
  return { code: type.replace(/^.*#/, '').replace(/:.*$/, ''), message: String(message ?? Message ?? '') };
}

// A proxy between may answer with something else than JSON.
function parsed(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
