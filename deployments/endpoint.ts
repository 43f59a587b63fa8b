import { join, relative } from 'node:path';
import type { Outputs } from '../stacks/outputs.ts';
import type { CloudTarget } from './cloud-target.ts';

/** The public address of a deployment. */
export interface Endpoint {
  url: string;
  /** PEM file of the authority that signed its certificate, where that is the rehearsal's own. */
  authority: string | undefined;
  /** True where the host is AWS's own name of the load balancer, for which nobody can have a certificate. */
  acceptsAnyName: boolean;
  /** A command line that sends it a request. */
  curl: string;
}

/** The body of an example request. */
export const exampleRequest = '{"text": "Great service!"}';

/** Returns the endpoint of a deployment; the rehearsal's load balancer listens on this machine. */
export function endpointOf({ rehearsal }: CloudTarget, outputs: Outputs): Endpoint {
  const url = rehearsal ? `https://localhost:${rehearsal.place.ports.https}` : outputs.url;
  const authority = rehearsal && join(rehearsal.place.folder, 'tls/ca.pem');
  const acceptsAnyName = /\.elb\.amazonaws\.com(?:\.cn)?$/.test(new URL(url).hostname);
  const trust = authority ? `--cacert ${relative(process.cwd(), authority)} ` : acceptsAnyName ? '--insecure ' : '';
  return {
    url,
    authority,
    acceptsAnyName,
    curl: `curl ${trust}${url}/predict -H 'content-type: application/json' -d '${exampleRequest}'`,
  };
}
