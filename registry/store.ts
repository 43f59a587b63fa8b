/** Where a registry keeps its objects. None of them is ever changed or deleted. */
export interface Store {
  /** What people call the place, such as `s3://bucket/prefix`. */
  readonly place: string;
  /** The keys that begin with a prefix, which ends with a slash. */
  list(prefix: string): Promise<string[]>;
  /** Returns the content of an object; undefined where there is none. */
  read(key: string): Promise<Buffer | undefined>;
  /** Makes an object as a whole or not at all; false where there is one with this key. */
  create(key: string, content: Buffer): Promise<boolean>;
}
