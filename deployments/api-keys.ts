import {
  DeleteParameterCommand,
  type Parameter,
  ParameterType,
  PutParameterCommand,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { newKey } from '../common/api-keys/key.ts';
import { type ApiKeyRecord, apiKeyPath, keysIn, type NamedApiKey } from '../common/api-keys/record.ts';
import type { ApiKeyScope } from '../common/api-keys/scopes.ts';
import { UserError } from '../common/errors.ts';
import { type Access, clientConfiguration } from './access.ts';

/** Machines read all keys every few seconds, ten with each call. */
const mostKeys = 100;

export interface NewApiKey {
  name: string;
  scopes: readonly ApiKeyScope[];
  expiresAt?: Date;
}

/** The API keys of a stack: their hashes are parameters of AWS Systems Manager, the keys themselves are nowhere. */
export class ApiKeys {
  readonly #client: SSMClient;
  readonly #path: string;

  constructor(access: Access, stack: string) {
    this.#client = new SSMClient(clientConfiguration(access));
    this.#path = apiKeyPath(stack);
  }

  /** Returns all keys, sorted by name, also those that have expired, and the parameters that hold none. */
  async list(): Promise<{ keys: NamedApiKey[]; unreadable: string[] }> {
    const parameters: Parameter[] = [];
    for await (const page of paginateGetParametersByPath({ client: this.#client }, { Path: this.#path }))
      parameters.push(...(page.Parameters ?? []));
    return keysIn(this.#path, parameters);
  }

  /** Makes a key and returns it: nobody can read it again. Refuses a name that is taken. */
  async create({ name, scopes, expiresAt }: NewApiKey): Promise<string> {
    const { keys } = await this.list();
    if (keys.length >= mostKeys)
      throw new UserError(`A stage has at most ${mostKeys} API keys. Revoke one that nobody needs: make api-keys`);
    const { text, id, sha256 } = newKey(name);
    const record: ApiKeyRecord = {
      ...{ id, sha256, scopes: [...scopes], createdAt: new Date().toISOString() },
      ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    };
    const parameter = { Name: this.#parameter(name), Value: JSON.stringify(record), Type: ParameterType.STRING };
    await this.#client.send(new PutParameterCommand({ ...parameter, Overwrite: false })).catch((error: Error) => {
      if (error.name !== 'ParameterAlreadyExists') throw error;
      throw new UserError(
        `NAME=${name}: expected a new name, got that of a key. Revoke it first: make api-keys REVOKE=${name}`,
      );
    });
    return text;
  }

  /** Ends a key; false where there is none of this name. */
  async revoke(name: string): Promise<boolean> {
    try {
      await this.#client.send(new DeleteParameterCommand({ Name: this.#parameter(name) }));
      return true;
    } catch (error) {
      if ((error as Error).name !== 'ParameterNotFound') throw error;
      return false;
    }
  }

  /** Ends all keys, and removes what else is below their path; returns how many. */
  async revokeAll(): Promise<number> {
    const { keys, unreadable } = await this.list();
    const names = [...keys.map(({ name }) => this.#parameter(name)), ...unreadable];
    for (const Name of names) await this.#client.send(new DeleteParameterCommand({ Name }));
    return names.length;
  }

  #parameter(name: string): string {
    return `${this.#path}/${name}`;
  }
}
