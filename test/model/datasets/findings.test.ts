import test from 'ava';
import { findingsIn } from '../../../model/datasets/findings.ts';
import { reportOn } from '../../../model/datasets/report.ts';

const row = (line: number, text: string, intent: string) => ({ line, text, intent });

const train = [
  row(2, 'where is my parcel today', 'delivery'),
  row(3, 'where is my parcel today', 'refund'),
  row(4, 'money back', 'refund'),
  row(5, 'x'.repeat(2001), 'delivery'),
  row(6, 'hello', 'greeting'),
];
const tested = [row(2, 'money back', 'refund'), row(3, 'where is my parcel today please', 'delivery')];

test('each row that something may be wrong with is listed, the faults first', async (t) => {
  const data = {
    train: { path: 'own.csv', sha256: '', examples: train },
    test: { path: 'test.csv', sha256: '', examples: tested },
  };
  const suspicious = [{ example: row(4, 'money back', 'refund'), likely: 'delivery', confidence: 0.91249 }];
  const languages = { main: 'eng', others: [{ language: 'deu', examples: [row(6, 'hello', 'greeting')] }] };
  const findings = findingsIn({ report: await reportOn(data), test: 'test.csv', suspicious, languages });
  t.deepEqual(
    findings.map(({ kind, file, line, intent, detail }) => [kind, file, line, intent, detail]),
    [
      ['conflict', 'own.csv', 2, 'delivery', 'refund on line 3'],
      ['conflict', 'own.csv', 3, 'refund', 'delivery on line 2'],
      ['leak', 'test.csv', 2, 'refund', 'line 4 of own.csv'],
      ['single', 'own.csv', 6, 'greeting', ''],
      ['long', 'own.csv', 5, 'delivery', '2001 characters'],
      ['label', 'own.csv', 4, 'refund', 'delivery 0.912'],
      ['near', 'test.csv', 3, 'delivery', 'line 2 of own.csv: where is my parcel today'],
      ['language', 'own.csv', 6, 'greeting', 'deu'],
    ],
  );
});

test('of texts with which nothing is wrong, nothing is listed', async (t) => {
  const examples = [row(2, 'money back', 'refund'), row(3, 'give it back', 'refund')];
  const data = {
    train: { path: 'own.csv', sha256: '', examples },
    test: { path: 'own.csv', sha256: '', examples: [] },
  };
  const none = { test: 'own.csv', suspicious: [], languages: { main: undefined, others: [] } };
  t.deepEqual(findingsIn({ report: await reportOn(data), ...none }), []);
});
