import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../common/parse-json.ts';
import { parseChecked } from '../../common/validation.ts';
import type { MlflowClient } from '../../mlflow/client.ts';
import { MlflowError } from '../../mlflow/error.ts';
import type { History } from '../model-registry.ts';
import { type MoveRecord, moveRecord } from '../move-record.ts';

const moveTags = 'intent-fleet.move.';

const answer = z.object({
  registered_model: z.object({
    aliases: z.array(z.object({ alias: z.string(), version: z.coerce.number() })).default([]),
    tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
  }),
});
const nothing = z.object({});

/** Reads what MLflow keeps of a model itself; one that is not there has nothing. */
export async function readHistory(client: MlflowClient, name: string): Promise<History> {
  try {
    const { registered_model } = await client.get('registered-models/get', { name }, answer);
    const { aliases, tags } = registered_model;
    const moves = tags
      .filter(({ key }) => key.startsWith(moveTags))
      .sort((one, other) => (one.key < other.key ? -1 : 1));
    return {
      aliases: new Map(aliases.map(({ alias, version }) => [alias, version])),
      moves: moves.map(({ key, value }) =>
        parseChecked(
          moveRecord,
          parseJson(value),
          `${client.address}: ${name}: ${key}: not a record of this registry:`,
        ),
      ),
    };
  } catch (error) {
    if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST')
      return { aliases: new Map(), moves: [] };
    throw error;
  }
}

/** Makes a model unless there is one. */
export async function ensureModel(client: MlflowClient, name: string): Promise<void> {
  try {
    await client.post('registered-models/create', { name }, nothing);
  } catch (error) {
    if (!(error instanceof MlflowError) || error.code !== 'RESOURCE_ALREADY_EXISTS') throw error;
  }
}

/** Moves an alias, and then keeps why: a record of what has not happened would be worse than none of what has. */
export async function moveAlias(client: MlflowClient, name: string, move: MoveRecord): Promise<void> {
  const { alias, version, at } = move;
  await client.post('registered-models/alias', { name, alias, version: String(version) }, nothing);
  // Of two moves at once, none takes the key of the other.
  const key = `${moveTags}${at}.${randomBytes(4).toString('hex')}`;
  await client.post('registered-models/set-tag', { name, key, value: JSON.stringify(move) }, nothing);
}
