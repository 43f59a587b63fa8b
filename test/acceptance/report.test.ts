import test from 'ava';
import { describeDifferences } from '../../acceptance/report.ts';
import { terminalTable } from '../../common/tables.ts';
import { result } from './results.ts';

test('a target that differs nowhere is one line', (t) => {
  const results = [result('a rule', 'yes'), result('a check', 'yes')];
  t.is(describeDifferences(results, 2, 'aws'), 'aws: 2 of 2 behave as AWS documents.');
});

test('the differences are a table with the page that documents the behaviour', (t) => {
  const results = [result('a rule', 'yes'), result('a check', 'no')];
  const table = terminalTable(['behaviour', 'expected', 'observed', 'page'], [['a check', 'yes', 'no', 'A page']]);
  t.is(describeDifferences(results, 2, 'rehearsal'), `${table}\nrehearsal: 1 of 2 behave as AWS documents.`);
});

test('checks without a result are counted', (t) => {
  const count = 'aws: 1 of 1 behave as AWS documents; 2 of 3 were not observed.';
  t.is(describeDifferences([result('a rule', 'yes')], 3, 'aws'), count);
});
