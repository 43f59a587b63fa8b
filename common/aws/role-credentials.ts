import type { InstanceMetadata } from './instance-metadata.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

// EC2 has new ones at least this long before the old ones expire.
const renewalMilliseconds = 5 * 60 * 1000;

/** The temporary credentials of the machine's role, renewed before they expire. */
export class RoleCredentials {
  readonly #metadata: Pick<InstanceMetadata, 'read'>;
  readonly #now: () => number;
  #known: Credentials | undefined;

  constructor(metadata: Pick<InstanceMetadata, 'read'>, now: () => number = Date.now) {
    this.#metadata = metadata;
    this.#now = now;
  }

  async get(): Promise<Credentials> {
    if (!this.#known || this.#known.expiration.getTime() - this.#now() < renewalMilliseconds)
      this.#known = await this.#read();
    return this.#known;
  }

  /** Has the next call read them anew, because AWS has refused them. */
  forget(): void {
    this.#known = undefined;
  }

  async #read(): Promise<Credentials> {
    const path = 'iam/security-credentials/';
    const role = (await this.#metadata.read(path)).trim();
    const document = JSON.parse(await this.#metadata.read(path + role)) as Record<string, string | undefined>;
    const { AccessKeyId, SecretAccessKey, Token, Expiration } = document;
    if (!AccessKeyId || !SecretAccessKey || !Token || !Expiration)
      throw new Error(`role ${role}: expected credentials from the metadata service, got ${document.Code ?? 'none'}`);
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: Token,
      expiration: new Date(Expiration),
    };
  }
}
