import { join, relative } from 'node:path';
import { shellWord } from '../common/shell-word.ts';
import type { Outputs } from '../stacks/outputs.ts';
import type { CloudTarget } from './cloud-target.ts';

/** The public address of a deployment. */
export interface Endpoint {
  url: string;
  /** PEM file of the authority that signed its certificate, where that is the rehearsal's own. */
  authority: string | undefined;
  /** True where the host is AWS's own name of the load balancer, for which nobody can have a certificate. */
  acceptsAnyName: boolean;
}

/** Returns the endpoint of a deployment; the rehearsal's load balancer listens on this machine. */
export function endpointOf({ rehearsal }: CloudTarget, outputs: Outputs): Endpoint {
  const url = rehearsal ? `https://localhost:${rehearsal.place.ports.https}` : outputs.url;
  const authority = rehearsal && join(rehearsal.place.folder, 'tls/ca.pem');
  const acceptsAnyName = /\.elb\.amazonaws\.com(?:\.cn)?$/.test(new URL(url).hostname);
  return { url, authority, acceptsAnyName };
}

/** Returns a command line that sends a text to an endpoint, with the API key in `API_KEY` where it asks for one. */
export function curlCommand(
  { url, authority, acceptsAnyName }: Endpoint,
  text: string,
  { asksForKey = false } = {},
): string {
  const trust = authority ? `--cacert ${relative(process.cwd(), authority)} ` : acceptsAnyName ? '--insecure ' : '';
  const body = shellWord(JSON.stringify({ text }));
  const key = asksForKey ? '-H "authorization: Bearer $API_KEY" ' : '';
  return `curl ${trust}${url}/predict ${key}-H 'content-type: application/json' -d ${body}`;
}
