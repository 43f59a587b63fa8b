import { join, resolve } from 'node:path';
import { sha256 } from '../common/checksum.ts';

/** Everything of one checkout's rehearsal that another checkout's must not share. */
export interface Place {
  /** Eight hexadecimal digits made from the checkout's path. */
  id: string;
  /** Where its files are: logs, certificate authority, what the running cloud says of itself. */
  folder: string;
  /** Name of its control groups. */
  cgroup: string;
  /** On 127.0.0.1: AWS's API, and the load balancer's listeners 443 and 80. */
  ports: Ports;
}

export interface Ports {
  api: number;
  https: number;
  http: number;
}

// Three ports in a row for each of 4,000 places, all below what Linux gives to outgoing connections.
const firstPort = 20_000;
const places = 4_000;

/** The place of the checkout in the folder `checkout`. */
export function placeOf(checkout: string): Place {
  const id = sha256(resolve(checkout)).slice(0, 8);
  const api = firstPort + (Number.parseInt(id, 16) % places) * 3;
  return {
    id,
    folder: join(resolve(checkout), '.rehearsal'),
    cgroup: `intent-fleet-${id}`,
    ports: { api, https: api + 1, http: api + 2 },
  };
}
