import { parameterValue, type Value, xml } from './query.ts';

/** Keeps parameters that the emulator drops, by the resource that they are of. */
export class KeptParameters {
  readonly #names: readonly string[];
  readonly #kept = new Map<string, Map<string, Value>>();

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** Keeps what a call sets; what it does not name stays as it was. */
  keep(resource: string, parameters: URLSearchParams): void {
    const kept = this.#kept.get(resource) ?? new Map<string, Value>();
    for (const name of this.#names) {
      const value = parameterValue(parameters, name);
      if (value !== undefined) kept.set(name, value);
    }
    this.#kept.set(resource, kept);
  }

  get(resource: string, name: string): Value {
    return this.#kept.get(resource)?.get(name);
  }

  forget(resource: string): void {
    this.#kept.delete(resource);
  }

  /** Returns a description with the kept parameters instead of the emulator's; those that `isSet` denies are left out. */
  amend(resource: string, description: string, isSet: (name: string, value: Value) => boolean = () => true): string {
    const kept = [...(this.#kept.get(resource) ?? [])];
    const elements = kept.map(([name, value]) => (isSet(name, value) ? `<${name}>${xml(value)}</${name}>` : ''));
    const others = kept.reduce((text, [name]) => text.replace(elementOf(name), ''), description);
    return elements.join('') + others;
  }
}

function elementOf(name: string): RegExp {
  return new RegExp(`<${name}>[\\s\\S]*?</${name}>|<${name} ?/>`);
}
