import type { Place } from './place.ts';

/** What the cloud's process is told by the process that starts it, through one environment variable. */
export interface CloudOptions {
  place: Place;
  region: string;
  /** Who knows it may ask and stop the cloud. */
  token: string;
  /** Where the base image is, or will be when it is built. */
  image: string;
  /** The program that emulates AWS's API. */
  moto: string;
}

/** Descriptors of the sockets on 127.0.0.1 that the cloud inherits from outside its network namespace. */
export const descriptors = { api: 3, https: 4, http: 5 };

/** What the cloud reads from its standard input when it is registered. */
export const readyMessage = 'registered';

const variable = 'INTENT_FLEET_REHEARSAL';

export function cloudOptionsVariable(orders: CloudOptions): Record<string, string> {
  return { [variable]: JSON.stringify(orders) };
}

export function readCloudOptions(environment: NodeJS.ProcessEnv): CloudOptions {
  const text = environment[variable];
  if (!text) throw new Error(`${variable}: expected the orders that the commands give; start it with \`make apply\``);
  return JSON.parse(text) as CloudOptions;
}
