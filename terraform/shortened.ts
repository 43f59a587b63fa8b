const longest = 100;
const context = 30;

/** Shortens two long texts to what is about their first difference. */
export function shortenedPair(before: string, after: string): [before: string, after: string] {
  const start = Math.max(0, firstDifference(before, after) - context);
  // What follows is shown from the beginning, where it fits.
  const from = Math.max(before.length, after.length) <= longest ? 0 : start;
  return [excerpt(before, from), excerpt(after, from)];
}

function firstDifference(before: string, after: string): number {
  let index = 0;
  while (index < before.length && before[index] === after[index]) index++;
  return index;
}

function excerpt(text: string, from: number): string {
  const rest = from === 0 ? text : `…${text.slice(from)}`;
  return rest.length > longest ? `${rest.slice(0, longest - 1)}…` : rest;
}
