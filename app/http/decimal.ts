const threeDigits = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

/**
 * Returns the decimal digits of a non-negative whole number. V8 caches the text of every number that it converts, so that the
 * texts of numbers that hardly repeat outlive their requests; text that is concatenated from groups of digits is not cached.
 */
export function decimal(number: number): string {
  return number < 1000 ? String(number) : decimal(Math.floor(number / 1000)) + threeDigits[number % 1000];
}
