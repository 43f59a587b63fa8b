import { hostPath } from '../common/host-path.ts';
import type { AccessKey } from './gateway/signature.ts';
import type { Place } from './place.ts';

/** The options of the cloud's process. The process that starts it passes them in one environment variable. */
export interface CloudOptions {
  place: Place;
  region: string;
  /** The bearer token of the control API. */
  token: string;
  /** The key that requests to AWS's API are signed with. */
  accessKey: AccessKey;
  /** The ports of load balancers' listeners beside those of the place, in the order of their descriptors. */
  otherPorts: number[];
  /** The path of the base image's root file system, which may not exist yet. */
  image: string;
  /** The path of the program moto_server. */
  moto: string;
}

/**
 * Descriptors of the listening sockets on 127.0.0.1 that the cloud inherits from outside its network namespace. Those of the
 * other ports follow.
 */
export const descriptors = { api: 3, https: 4, http: 5, others: 6 };

/** The message on the cloud's standard input that it is registered. */
export const readyMessage = 'registered';

const variable = 'INTENT_FLEET_REHEARSAL';

/** Returns the environment of the cloud's process: the options, the PATH of this host's programs, nothing of the user's AWS account. */
export function cloudEnvironment(options: CloudOptions, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  return { ...Object.fromEntries(others), PATH: hostPath(environment.PATH), [variable]: JSON.stringify(options) };
}

/** Takes the options out of the environment, so that the programs that the cloud starts do not get its keys. */
export function takeCloudOptions(environment: NodeJS.ProcessEnv): CloudOptions {
  const text = environment[variable];
  if (!text)
    throw new Error(`${variable}: expected the options of the cloud, got nothing; start it with \`make apply\``);
  delete environment[variable];
  return JSON.parse(text) as CloudOptions;
}
