export interface BootFailuresProps {
  consoleOf: (machine: string) => Promise<string>;
  /** Returns why the boot that a console shows failed; undefined where it did not. */
  failureOf: (console: string) => string | undefined;
}

/** Finds out whether machines failed their boot, by their consoles. */
export class BootFailures {
  readonly #props: BootFailuresProps;
  readonly #found = new Map<string, string>();
  #turn = 0;

  constructor(props: BootFailuresProps) {
    this.#props = props;
  }

  /** Returns why one of these machines failed its boot; null as long as that is not known of any. */
  async find(machines: readonly string[]): Promise<string | null> {
    const machine = machines.find((id) => this.#found.has(id)) ?? (await this.#read(machines));
    const failure = machine === undefined ? undefined : this.#found.get(machine);
    return failure === undefined ? null : `${machine}: ${failure}`;
  }

  // One console at a time, in turn, so that a large fleet needs no more calls than a small one.
  async #read(machines: readonly string[]): Promise<string | undefined> {
    const machine = machines[this.#turn++ % machines.length];
    if (machine === undefined) return undefined;
    // A console that cannot be read leaves the cause unknown.
    const failure = await this.#props.consoleOf(machine).then(this.#props.failureOf, () => undefined);
    if (failure !== undefined) this.#found.set(machine, failure);
    return machine;
  }
}
