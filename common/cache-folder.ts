import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder that all checkouts of a user share: the base image, the emulator, the compressed runtime. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'intent-fleet');
}
