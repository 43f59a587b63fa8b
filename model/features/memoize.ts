// Longer tokens are not words: they rarely occur twice.
const longestWord = 40;

// A bound, because clients choose the words.
const mostWords = 20_000;

/** Returns a function that caches the results of `compute` for words; the cache is bounded. */
export function memoize<Result>(compute: (token: string) => Result): (token: string) => Result {
  const known = new Map<string, Result>();
  return (token) => {
    const found = known.get(token);
    if (found !== undefined) return found;
    const result = compute(token);
    if (token.length > longestWord) return result;
    if (known.size >= mostWords) known.clear();
    known.set(copyOf(token), result);
    return result;
  };
}

// A substring keeps its whole text in memory; a concatenation does not.
function copyOf(token: string): string {
  return ` ${token}`.slice(1);
}
