import test from 'ava';
import { classifyOptions } from '../../classification/options.ts';

const csv = { format: 'csv', isCompressed: false } as const;

test('without variables, CSV goes from the standard input to the standard output', (t) => {
  t.deepEqual(classifyOptions({}), {
    ...{ input: undefined, inputFormat: csv, output: undefined, outputFormat: csv },
    ...{ column: 'text', top: 1, viaFleet: false, apiKey: undefined },
  });
});

test('reads all variables', (t) => {
  const environment = { IN: 'a.txt.gz', OUT: 'b.jsonl', TEXT_COLUMN: 'Frage', TOP: '3', VIA: 'fleet', API_KEY: 'k' };
  t.deepEqual(classifyOptions(environment), {
    ...{ input: 'a.txt.gz', inputFormat: { format: 'lines', isCompressed: true } },
    ...{ output: 'b.jsonl', outputFormat: { format: 'jsonl', isCompressed: false } },
    ...{ column: 'Frage', top: 3, viaFleet: true, apiKey: 'k' },
  });
});

test('texts without columns are answered as CSV on the standard output', (t) => {
  t.deepEqual(classifyOptions({ FORMAT: 'txt' }).outputFormat, csv);
  t.deepEqual(classifyOptions({ FORMAT: 'jsonl' }).outputFormat.format, 'jsonl');
});

const refusals: [environment: Record<string, string>, message: string][] = [
  [{ IN: 'a.csv', OUT: './a.csv' }, 'OUT=./a.csv: expected another file than IN'],
  [{ OUT: 'a.txt' }, 'OUT=a.txt: expected a name that ends in .csv, .tsv or .jsonl: an answer has several values'],
  [{ TOP: '0' }, 'TOP=0: expected a whole number from 1 to 100'],
  [{ TOP: '1.5' }, 'TOP=1.5: expected a whole number from 1 to 100'],
  [{ VIA: 'cloud' }, 'VIA=cloud: expected fleet, or nothing to answer on this machine'],
];

for (const [environment, message] of refusals) {
  test(`refuses ${JSON.stringify(environment)}`, (t) => {
    t.throws(() => classifyOptions(environment), { name: 'UserError', message });
  });
}
