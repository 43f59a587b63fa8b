import { shorten } from '../common/shorten.ts';

/** What MLflow takes with one call. */
export const batchLimits = { metrics: 1000, params: 100 } as const;

const mostCharacters = { key: 250, param: 6000, tag: 5000, name: 500 } as const;

/** Returns the name of a figure or a parameter, as MLflow takes it: other characters become underscores, and it is a path. */
export function keyFor(name: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}_. :/-]/gu, '_');
  const parts = plain.split('/').filter((part) => part !== '' && !/^\.+$/.test(part));
  return shorten(parts.join('/') || '_', mostCharacters.key);
}

/** Returns a text as MLflow takes it; an ellipsis stands for what is cut off. */
export function textFor(kind: keyof typeof mostCharacters, text: string): string {
  return shorten(text, mostCharacters[kind]);
}

/** Cuts a list into lists that are not longer than a limit. */
export function chunksOf<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, at) => items.slice(at * most, (at + 1) * most));
}
