// Longer tokens are no words: they hardly come twice.
const LONGEST_WORD = 40;

// Most words come again; bounded, since strangers choose the words.
const MEMORY = 20_000;

/** The same function of a token, remembering what it gave for the words it has seen. */
export function remembering<Known>(of: (token: string) => Known): (token: string) => Known {
  const seen = new Map<string, Known>();
  return (token) => {
    const known = seen.get(token);
    if (known !== undefined) return known;
    const given = of(token);
    if (token.length > LONGEST_WORD) return given;
    if (seen.size >= MEMORY) seen.clear();
    seen.set(copyOf(token), given);
    return given;
  };
}

// What is cut out of a text holds on to the whole text; put together anew, it holds itself alone.
function copyOf(token: string): string {
  return ` ${token}`.slice(1);
}
