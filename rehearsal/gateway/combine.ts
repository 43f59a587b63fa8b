import type { Amendments } from './gateway.ts';

/** Combines amendments; those of the same call are carried out one after another. */
export function combineAmendments(...all: readonly Amendments[]): Amendments {
  const names = new Set(all.flatMap((amendments) => Object.keys(amendments)));
  return Object.fromEntries([...names].map((name) => [name, inTurn(all.flatMap((one) => one[name] ?? []))]));
}

function inTurn(amendments: readonly Amendments[string][]): Amendments[string] {
  return async (answer, parameters) => {
    let amended = answer;
    for (const amend of amendments) amended = await amend(amended, parameters);
    return amended;
  };
}
