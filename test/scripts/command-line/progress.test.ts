import test from 'ava';
import { distinctLines, isLive, reporter } from '../../../scripts/command-line/progress.ts';

/** Returns the lines that a step shows. */
function shown(lines: string[], isTerminal: boolean): string[] {
  const seen: string[] = [];
  const task = {
    set output(line: string) {
      seen.push(line);
    },
  } as { output: string };
  const report = reporter(task, isTerminal);
  for (const line of lines) report(line);
  return seen;
}

test('lines are renewed in place only on a terminal that has a width', (t) => {
  t.deepEqual(
    [{ isTTY: true, columns: 80 }, { isTTY: true }, { isTTY: true, columns: 0 }, {}].map((stream) => isLive(stream)),
    [true, true, false, false],
  );
});

test('on a terminal each line is shown once', (t) => {
  t.deepEqual(shown(['a', 'a', 'b', 'b', 'a'], true), ['a', 'b', 'a']);
});

test('without a terminal one line every few seconds is enough', (t) => {
  t.deepEqual(shown(['a', 'b', 'c'], false), ['a']);
});

test('a line is printed again only after another one', (t) => {
  const lines: string[] = [];
  const print = distinctLines((line) => lines.push(line));
  for (const line of ['a', 'a', '', 'a', 'a']) print(line);
  t.deepEqual(lines, ['a', '', 'a']);
});
