/** One line of the result; `reach` is what is hoped for, and `isMet` whether it came true. */
export interface Row {
  what: string;
  measured: string;
  reach?: string;
  isMet?: boolean;
}

/** The result as a table that reads well as it is and as Markdown. */
export function renderTable(rows: readonly Row[]): string {
  const lines = rows.map(({ what, measured, reach = '', isMet }) => {
    return [what, measured, reach, isMet === undefined ? '' : isMet ? 'yes' : 'no'];
  });
  const all = [['what', 'measured', 'reach', 'met'], ...lines];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => (line[column] as string).length)));
  const render = (line: string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  const [head, ...body] = all.map(render);
  return `${[head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n')}\n`;
}
