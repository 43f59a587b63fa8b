import { join, resolve } from 'node:path';
import { sha256 } from '../common/checksum.ts';

/** Names, paths and ports of the rehearsal of one stage in one checkout, which it shares with no other. */
export interface Place {
  /** Eight hexadecimal digits, calculated from the checkout's path and the stage's name. */
  id: string;
  /** The folder of its logs, its certificate and its registration. */
  folder: string;
  /** The parent of its machines' control groups. */
  cgroup: string;
  ports: Ports;
}

/** Ports on 127.0.0.1: AWS's API, and the load balancer's listeners on 443 and 80. */
export interface Ports {
  api: number;
  https: number;
  http: number;
}

/** The file of the cloud's log. */
export function logOf({ folder }: Place): string {
  return join(folder, 'cloud.log');
}

// Three successive ports for each of 4,000 places, all below Linux's ephemeral ports.
const firstPort = 20_000;
const places = 4_000;

// Its place has always been calculated from the path alone, so that later versions find the rehearsals of earlier ones.
const defaultStage = 'rehearsal';

/** Returns the place of a rehearsal that is no stage's: stages' names have no underscore. */
export function placeBeside(checkout: string, name: string): Place {
  return placeOf(checkout, `_${name}`);
}

/** Returns the place of a stage in the checkout in the folder `checkout`. */
export function placeOf(checkout: string, stage: string): Place {
  const path = resolve(checkout);
  const isDefault = stage === defaultStage;
  const id = sha256(isDefault ? path : `${path}\0${stage}`).slice(0, 8);
  const api = firstPort + (Number.parseInt(id, 16) % places) * 3;
  return {
    id,
    folder: join(path, isDefault ? '.rehearsal' : `.rehearsal-${stage}`),
    cgroup: `intent-fleet-${id}`,
    ports: { api, https: api + 1, http: api + 2 },
  };
}
