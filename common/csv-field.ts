/** Returns a field of separated values in quotes. */
export function quotedField(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
