import test from 'ava';
import { countLines, findBoundary } from '../../classification/boundaries.ts';
import { createRandom } from '../../model/random.ts';

const comma = ','.charCodeAt(0);

const cases: [title: string, content: string, least: number, chunk: string | undefined, lines: number][] = [
  ['after the first line break', 'a,b\nc,d\n', 1, 'a,b\n', 1],
  ['not before the least number of bytes', 'a,b\nc,d\n', 5, 'a,b\nc,d\n', 2],
  ['not within quotes', 'a,"b\nc"\nd\n', 1, 'a,"b\nc"\n', 2],
  ['a doubled quote closes nothing', '"a""\n"\nb\n', 1, '"a""\n"\n', 2],
  ['a quote within a field opens nothing', 'a"b\nc"\n', 1, 'a"b\n', 1],
  ['an empty field in quotes', '"",a\nb\n', 1, '"",a\n', 1],
  ['nowhere in an incomplete record', 'a,b', 1, undefined, 0],
  ['nowhere where the next byte may double the quote', '"a\n"', 1, undefined, 0],
];

for (const [title, content, least, chunk, lines] of cases) {
  test(`a chunk ends ${title}`, (t) => {
    const expected = chunk === undefined ? undefined : { end: chunk.length, lines };
    t.deepEqual(findBoundary(Buffer.from(content), least, comma), expected);
  });
}

test('quotes mean nothing where no byte separates fields', (t) => {
  t.deepEqual(findBoundary(Buffer.from('"a\nb"\n'), 1, undefined), { end: 3, lines: 1 });
});

test('a quote that is never closed ends with its line, so that memory has a bound', (t) => {
  const bytes = Buffer.from(`a\n"b\n${'c\n'.repeat(600_000)}`);
  t.deepEqual(findBoundary(bytes, 3, comma), { end: 5, lines: 2 });
});

test('chunks of random records are whole records, whatever the size of a chunk', (t) => {
  const random = createRandom(5);
  const field = (): string => {
    const text = Array.from({ length: Math.floor(6 * random()) }, () => 'ab"\n,'[Math.floor(5 * random())]).join('');
    return `"${text.replaceAll('"', '""')}"`;
  };
  const records = Array.from({ length: 200 }, () => `${field()},${field()}\n`);
  const ends = new Set<number>();
  records.reduce((end, record) => {
    ends.add(end + record.length);
    return end + record.length;
  }, 0);
  const bytes = Buffer.from(records.join(''));
  for (const least of [1, 10, 100]) {
    let [at, lines] = [0, 0];
    while (at < bytes.length) {
      const found = findBoundary(bytes.subarray(at), least, comma);
      if (!found) break;
      at += found.end;
      lines += found.lines;
      t.true(ends.has(at));
    }
    t.is(lines, countLines(bytes.subarray(0, at)));
  }
});
