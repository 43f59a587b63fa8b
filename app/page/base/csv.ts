/**
 * The part of the script that saves CSV (RFC 4180). A spreadsheet takes a cell that begins with =, +, - or @ for a formula: such a
 * text gets an apostrophe before it. All fields have quotes, or a spreadsheet that separates by semicolons would find other cells.
 */
export const csvScript = String.raw`
const guarded = (text) => /^[\t\r\n]|^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? "'" + text : text;
const csvField = (value) => '"' + guarded(String(value)).replaceAll('"', '""') + '"';
const csvOf = (rows) => rows.map((row) => row.map(csvField).join(',') + '\r\n').join('');

// Without the mark at the start, a spreadsheet would take UTF-8 for another encoding.
function saveCsv(name, rows) {
  const url = URL.createObjectURL(new Blob(['\ufeff', csvOf(rows)], { type: 'text/csv' }));
  const link = element('a', '');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
`;
