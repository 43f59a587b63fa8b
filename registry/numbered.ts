import type { z } from 'zod';
import { UserError } from '../common/errors.ts';
import { parseJson } from '../common/parse-json.ts';
import { parseChecked } from '../common/validation.ts';
import type { Store } from './store.ts';

const digits = 6;

/**
 * A list of records that only grows: the first is the object `<prefix>000001.json`. An object is made as a whole and never replaced,
 * so that of two programs that append at once one comes after the other.
 */
export class NumberedRecords<Schema extends z.ZodType> {
  readonly #store: Store;
  readonly #prefix: string;
  readonly #schema: Schema;

  constructor(store: Store, prefix: string, schema: Schema) {
    this.#store = store;
    this.#prefix = prefix;
    this.#schema = schema;
  }

  /** Reads all records, the oldest first. */
  async read(): Promise<z.output<Schema>[]> {
    const keys = (await this.#store.list(this.#prefix)).filter((key) => key.endsWith('.json')).sort();
    const missing = keys.findIndex((key, at) => key !== this.#keyOf(at + 1));
    if (missing !== -1)
      throw new UserError(
        `${this.#store.place}/${this.#keyOf(missing + 1)}: it is missing, although ${keys[missing]} exists`,
      );
    return Promise.all(keys.map((key) => this.#readOne(key)));
  }

  /**
   * Appends what `make` returns for the records that there are, and the number of the new one; `make` is asked again where another
   * program was faster. Where it returns undefined, nothing is appended.
   */
  async append(
    make: (records: z.output<Schema>[], number: number) => z.output<Schema> | undefined,
  ): Promise<z.output<Schema> | undefined> {
    for (;;) {
      const records = await this.read();
      const record = make(records, records.length + 1);
      if (record === undefined) return undefined;
      const content = Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
      if (await this.#store.create(this.#keyOf(records.length + 1), content)) return record;
    }
  }

  #keyOf(number: number): string {
    return `${this.#prefix}${String(number).padStart(digits, '0')}.json`;
  }

  async #readOne(key: string): Promise<z.output<Schema>> {
    const path = `${this.#store.place}/${key}`;
    const content = parseJson((await this.#store.read(key))?.toString('utf8') ?? '');
    return parseChecked(this.#schema, content, `${path}: not a record of this registry:`);
  }
}
