import { stripVTControlCharacters } from 'node:util';
import test from 'ava';
import { ranked } from '../../../experiments/tried.ts';
import { candidatesTable, experimentLine } from '../../../scripts/command-line/experiment-text.ts';
import { tried } from '../../experiments/tried.ts';

test('a line tells how far it has come, what is best, and how long it takes', (t) => {
  const [best] = ranked([tried('linear-svm, words', [9, 8])]);
  t.is(
    experimentLine({ done: 0, planned: 25, best: undefined, secondsLeft: 720 }),
    '0 of 25 measured, at most 12 min 0 s left',
  );
  t.is(
    experimentLine({ done: 3, planned: 25, best, secondsLeft: 61.5 }),
    '3 of 25 measured, best linear-svm, words 85.0 %, about 1 min 2 s left',
  );
});

test('the table ranks candidates, and says below it why one did not finish', (t) => {
  const table = candidatesTable(
    ranked([
      tried('bayes, words', [], { outcome: 'stopped', reason: 'stopped after 3 s' }),
      tried('linear-svm, words', [9, 8], { outcome: 'finished' }, 0.123),
    ]),
  );
  const lines = stripVTControlCharacters(table).split('\n');
  t.regex(lines[3] ?? '', /^│ 1 │ linear-svm, words │ 85\.0 % +│ 64\.0 % to 94\.8 % │ 0\.12 +│ 10 +│ finished │$/);
  t.regex(lines[5] ?? '', /^│ 2 │ bayes, words +│ – +│ – +│ – +│ – +│ stopped +│$/);
  t.is(lines.at(-1), '! bayes, words: stopped after 3 s');
});
