import test from 'ava';
import { planRequests } from '../../../bootstrap/verification/requests.ts';

const enough = 64 * 1024;

const example = (text: string) => ({ text, intent: `intent of ${text}` });

/** The path and the number of texts of each request. */
function sizes(texts: readonly string[], maximumBytes = enough): [string, number][] {
  return planRequests(texts.map(example), maximumBytes).map(({ path, examples }) => [path, examples.length]);
}

test('the first text is asked alone, the others together', (t) => {
  const [one, two, three] = ['one', 'two "2"', 'три'].map(example) as [object, object, object];
  t.deepEqual(planRequests(['one', 'two "2"', 'три'].map(example), enough) as unknown[], [
    { path: '/predict', body: '{"text":"one"}', examples: [one] },
    { path: '/predict/batch', body: '{"texts":["two \\"2\\"","три"]}', examples: [two, three] },
  ]);
});

test('without examples there are no requests; a single one needs no batch', (t) => {
  t.deepEqual(sizes([]), []);
  t.deepEqual(sizes(['one']), [['/predict', 1]]);
});

test('a batch has at most 64 texts', (t) => {
  const texts = (count: number) => Array.from({ length: count }, (_, index) => `text ${index}`);
  t.deepEqual(sizes(texts(65)), [
    ['/predict', 1],
    ['/predict/batch', 64],
  ]);
  t.deepEqual(sizes(texts(66)), [
    ['/predict', 1],
    ['/predict/batch', 64],
    ['/predict/batch', 1],
  ]);
});

test('the body of a batch has at most the bytes that nginx takes', (t) => {
  const others = ['ä', 'b', 'c'];
  const bytes = Buffer.byteLength(JSON.stringify({ texts: others }));
  t.deepEqual(sizes(['a', ...others], bytes), [
    ['/predict', 1],
    ['/predict/batch', 3],
  ]);
  t.deepEqual(sizes(['a', ...others], bytes - 1), [
    ['/predict', 1],
    ['/predict/batch', 2],
    ['/predict/batch', 1],
  ]);
});

test('a text that no client could ask for is left out', (t) => {
  const texts = ['', ' \n', '\ud800', 'a'.repeat(2001), 'a'.repeat(2000), '😀'.repeat(2000)];
  t.deepEqual(
    planRequests(texts.map(example), enough).flatMap(({ examples }) => examples),
    ['a'.repeat(2000), '😀'.repeat(2000)].map(example),
  );
  t.deepEqual(sizes(['a'.repeat(1011), 'b', 'a'.repeat(1010)], 1024), [
    ['/predict', 1],
    ['/predict/batch', 1],
  ]);
});
