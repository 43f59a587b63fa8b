import { randomUUID } from 'node:crypto';

/** A call in the AWS Query protocol. */
export interface QueryCall {
  service: string;
  action: string;
  parameters: URLSearchParams;
}

/** Parses the form-encoded body of a request; returns undefined if it is not a call. */
export function parseQueryCall(authorization: string | undefined, body: string): QueryCall | undefined {
  const parameters = new URLSearchParams(body);
  const action = parameters.get('Action');
  if (!action) return undefined;
  return { service: serviceOf(authorization), action, parameters };
}

/** Returns the service that a request is signed for. */
export function serviceOf(authorization: string | undefined): string {
  // Credential=KEY/20260101/eu-central-1/autoscaling/aws4_request
  return /Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization ?? '')?.[1] ?? '';
}

/** Returns the values of `Name.member.1`, `Name.member.2`, … */
export function members(parameters: URLSearchParams, name: string): string[] {
  const values: string[] = [];
  for (let index = 1; ; index++) {
    const value = parameters.get(`${name}.member.${index}`);
    if (value === null) return values;
    values.push(value);
  }
}

/** A value of an answer: a scalar, a list or a structure, without the members that are undefined. */
export type Value = string | number | boolean | Date | undefined | Value[] | { [name: string]: Value };

/** Returns the value of a parameter: a scalar, a list (`Name.member.1`) or a structure (`Name.Key`); undefined if it is not there. */
export function parameterValue(parameters: URLSearchParams, name: string): Value {
  const scalar = parameters.get(name);
  if (scalar !== null) return scalar;
  const keys = [...parameters.keys()].filter((key) => key.startsWith(`${name}.`));
  const parts = [...new Set(keys.map((key) => key.slice(name.length + 1).split('.')[0] ?? ''))];
  if (parts.length === 0) return undefined;
  if (parts[0] !== 'member')
    return Object.fromEntries(parts.map((part) => [part, parameterValue(parameters, `${name}.${part}`)]));
  const indices = new Set(keys.map((key) => key.slice(name.length).split('.')[2]));
  return [...indices].map((index) => parameterValue(parameters, `${name}.member.${index}`));
}

const namespaces: Record<string, string> = {
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  autoscaling: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  monitoring: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  elasticloadbalancing: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
};

/** Returns the XML of a successful answer. */
export function queryAnswer({ service, action }: QueryCall, result: Value): string {
  const opening = `<${action}Response xmlns="${namespaces[service] ?? ''}">`;
  if (service === 'ec2') return `${opening}<requestId>${randomUUID()}</requestId>${xml(result)}</${action}Response>`;
  return [
    opening,
    `<${action}Result>${xml(result)}</${action}Result>`,
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`,
    `</${action}Response>`,
  ].join('');
}

/** Returns the XML of an error; `code` is one that the service documents. */
export function queryError({ service }: QueryCall, code: string, message: string): string {
  if (service === 'ec2') return ec2Error(code, message);
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return `<ErrorResponse xmlns="${namespaces[service] ?? ''}">${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
}

function ec2Error(code: string, message: string): string {
  const error = `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return `<Response><Errors>${error}</Errors><RequestID>${randomUUID()}</RequestID></Response>`;
}

/** Renders a value of an answer. */
export function xml(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('');
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => `<${name}>${xml(inner)}</${name}>`)
    .join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes a text for the content of an element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
