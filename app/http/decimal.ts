const threeDigits = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

/**
 * A whole number, not negative, in decimal digits. V8 remembers the text of every number for a while, so that the texts of
 * numbers that hardly come twice outlive the requests they were made for; put together of three digits at a time they don't.
 */
export function decimal(number: number): string {
  return number < 1000 ? String(number) : decimal(Math.floor(number / 1000)) + threeDigits[number % 1000];
}
