/** Returns a text without what is no difference between two texts: case, spaces, and the forms of characters. */
export function plainText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
