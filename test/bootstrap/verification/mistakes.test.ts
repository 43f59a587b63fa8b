import test from 'ava';
import type { Answer } from '../../../bootstrap/verification/answer.ts';
import { describeMistakes, type Mistake, mistakesOf } from '../../../bootstrap/verification/mistakes.ts';
import type { ExampleRequest } from '../../../bootstrap/verification/requests.ts';

const hello = { text: 'hello', intent: 'greeting' };
const great = { text: 'great', intent: 'praise' };

const workers = ['127.0.0.1:8081'];

const answer = (body: unknown, status = 200): Answer => ({
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  workers,
  retryAfterSeconds: 0,
});

const single: ExampleRequest = { path: '/predict', body: '', examples: [hello] };
const batch: ExampleRequest = { path: '/predict/batch', body: '', examples: [hello, great] };

/** What came instead of each expected intent. */
const gotBy = (request: ExampleRequest, given: Answer) =>
  mistakesOf(request, given).map(({ text, got }) => [text, got]);

test('the expected intents are no mistakes', (t) => {
  t.deepEqual(mistakesOf(single, answer({ intent: 'greeting', confidence: 1, model: 'm' })), []);
  t.deepEqual(mistakesOf(batch, answer({ model: 'm', results: [{ intent: 'greeting' }, { intent: 'praise' }] })), []);
});

test('another intent is a mistake of its text alone, with the worker that answered', (t) => {
  t.deepEqual(mistakesOf(single, answer({ intent: 'unknown' })), [{ ...hello, got: 'unknown', workers }]);
  t.deepEqual(mistakesOf(batch, answer({ results: [{ intent: 'greeting' }, { intent: 'greeting' }] })), [
    { ...great, got: 'greeting', workers },
  ]);
});

test('a problem of one text in a batch is its mistake', (t) => {
  const problem = { type: 'urn:p', status: 422, detail: 'expected at most 2000 characters' };
  t.deepEqual(gotBy(batch, answer({ results: [problem, { intent: 'praise' }] })), [
    ['hello', 'the problem "expected at most 2000 characters"'],
  ]);
});

test('an answer that is not as documented is a mistake of all its texts', (t) => {
  const unreadable = ['', 'null', '{}', '[]', '{"intent":1}', '<html>'];
  for (const body of unreadable) {
    t.deepEqual(gotBy(single, answer(body)), [['hello', `an unreadable answer (${body})`]]);
  }
  const results = [
    '{"intent":"greeting"}',
    '{"results":[]}',
    '{"results":[{"intent":"greeting"}]}',
    '{"results":[1,2]}',
  ];
  for (const body of results) {
    t.deepEqual(gotBy(batch, answer(body)), [
      ['hello', `an unreadable answer (${body})`],
      ['great', `an unreadable answer (${body})`],
    ]);
  }
});

test('a status other than 200 is a mistake, even with the expected intent', (t) => {
  t.deepEqual(gotBy(single, answer({ intent: 'greeting' }, 201)), [['hello', 'status 201 ({"intent":"greeting"})']]);
  t.deepEqual(gotBy(batch, answer({ status: 500, detail: 'Sorry.' }, 500)), [
    ['hello', 'status 500 (Sorry.)'],
    ['great', 'status 500 (Sorry.)'],
  ]);
  t.deepEqual(gotBy(single, answer('curl: (28) timed out', 0)), [['hello', 'no answer (curl: (28) timed out)']]);
});

const mistake = (text: string, more: Partial<Mistake> = {}): Mistake => ({
  text,
  intent: 'praise',
  got: 'complaint',
  workers,
  ...more,
});

const title = (mistakes: number, asked: number) =>
  `${mistakes} of ${asked} texts were not answered with the intent that the release expects:`;

test('each mistake is a line with the text, the expectation, what came and from where', (t) => {
  const mistakes = [mistake('a "b"\n'), mistake('c', { workers: ['a', 'b'] }), mistake('d', { workers: [] })];
  t.deepEqual(describeMistakes(mistakes, 9).split('\n'), [
    title(3, 9),
    '  "a \\"b\\"\\n": expected praise, got complaint from 127.0.0.1:8081',
    '  "c": expected praise, got complaint from a, b',
    '  "d": expected praise, got complaint',
  ]);
});

test('five mistakes are shown, of more their number', (t) => {
  const lines = (count: number) => describeMistakes(Array(count).fill(mistake('t')), 200).split('\n');
  const line = '  "t": expected praise, got complaint from 127.0.0.1:8081';
  t.deepEqual(lines(5), [title(5, 200), line, line, line, line, line]);
  t.deepEqual(lines(6), [title(6, 200), line, line, line, line, line, '  and 1 more']);
});

test('a text is cut to 80 characters', (t) => {
  const [, whole, cut] = describeMistakes([mistake('t'.repeat(80)), mistake('t'.repeat(81))], 2).split('\n');
  t.is(whole, `  "${'t'.repeat(80)}": expected praise, got complaint from 127.0.0.1:8081`);
  t.is(cut, `  "${'t'.repeat(79)}…": expected praise, got complaint from 127.0.0.1:8081`);
});

test('what came is cut to 160 characters', (t) => {
  const [long, cut] = ['g'.repeat(161), `${'g'.repeat(159)}…`];
  t.deepEqual(gotBy(single, answer({ intent: long })), [['hello', cut]]);
  t.deepEqual(gotBy(single, answer(long)), [['hello', `an unreadable answer (${cut})`]]);
  t.deepEqual(gotBy(single, answer(long, 500)), [['hello', `status 500 (${cut})`]]);
  t.deepEqual(gotBy(single, answer({ detail: long }, 500)), [['hello', `status 500 (${cut})`]]);
  t.deepEqual(gotBy(single, answer(long, 0)), [['hello', `no answer (${cut})`]]);
  t.deepEqual(gotBy(batch, answer({ results: [{ detail: long }, { intent: 'praise' }] })), [
    ['hello', `the problem "${cut}"`],
  ]);
});
