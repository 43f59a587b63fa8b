/** Returns a field of separated values in quotes. */
export function quotedField(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Returns a row of values that commas separate, each in quotes. */
export function csvRow(...fields: readonly string[]): string {
  return `${fields.map(quotedField).join(',')}\n`;
}

// A spreadsheet takes a cell that begins so for a formula, and runs it.
const formula = /^[\t\r\n]|^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** Returns a field in quotes for a file that people open in a spreadsheet: a text that would be a formula gets an apostrophe before it. */
export function spreadsheetField(text: string): string {
  return quotedField(formula.test(text) ? `'${text}` : text);
}
