import { randomBytes } from 'node:crypto';
import type { ApiKeys } from './api-keys.ts';
import type { Deployment } from './deployment.ts';
import { bootsWith } from './revision.ts';

// Longer than any deployment takes without a pause. The command ends its key; this is for one that was killed.
const validMilliseconds = 24 * 60 * 60 * 1000;

/** Tells whether machines of a track, or those that are deployed, ask for API keys: their first script names where the keys are. */
export function asksForKeys({ tracks, progress, revisions }: Deployment): boolean {
  return [tracks.blue.revision, tracks.green.revision, progress?.to].some((name) => {
    const revision = revisions[name ?? ''];
    return revision !== undefined && bootsWith(revision, '/api-keys"');
  });
}

/** A key by which a command asks the machines that it deploys; made when it is first needed, and ended by `end`. */
export class DeploymentKey {
  readonly #apiKeys: Pick<ApiKeys, 'create' | 'list' | 'revoke'>;
  readonly #name = `_deployment-${randomBytes(4).toString('hex')}`;
  #text: Promise<string> | undefined;

  constructor(apiKeys: Pick<ApiKeys, 'create' | 'list' | 'revoke'>) {
    this.#apiKeys = apiKeys;
  }

  /** Returns the key of a deployment whose machines ask for one; undefined for others. */
  async of(deployment: Deployment): Promise<string | undefined> {
    if (!asksForKeys(deployment)) return undefined;
    this.#text ??= this.#make();
    return this.#text;
  }

  /** Ends the key. One that cannot be ended now ends by itself. */
  async end(): Promise<void> {
    if (this.#text) await this.#apiKeys.revoke(this.#name).catch(() => undefined);
  }

  async #make(): Promise<string> {
    await this.#removeExpired().catch(() => undefined);
    const expiresAt = new Date(Date.now() + validMilliseconds);
    return this.#apiKeys.create({ name: this.#name, scopes: ['predict'], expiresAt });
  }

  // Those of commands that were killed.
  async #removeExpired(): Promise<void> {
    const { keys } = await this.#apiKeys.list();
    const expired = keys.filter(({ expiresAt }) => expiresAt !== undefined && Date.parse(expiresAt) < Date.now());
    for (const { name } of expired) await this.#apiKeys.revoke(name);
  }
}
