import test from 'ava';
import { z } from 'zod';
import { check, describeProblems, parseChecked } from '../../common/validation.ts';

const schema = z.strictObject({
  count: z.int().min(2).max(9),
  name: z.string().min(1).max(3),
  kind: z.enum(['a', 'b']),
  network: z.string().regex(/^10\./, 'a private network'),
  tags: z.record(z.string().regex(/^\w+$/, 'a word'), z.string()),
});

const valid = { count: 2, name: 'abc', kind: 'a', network: '10.0.0.0/8', tags: { a: 'b' } };

const problemsOf = (value: unknown) => describeProblems(check(schema, value).problems ?? []);

test('a valid value is returned as data', (t) => {
  t.deepEqual(check(schema, valid), { data: valid });
});

test('a value is parsed, or refused below a title', (t) => {
  t.deepEqual(parseChecked(schema, valid, 'the file:'), valid);
  t.throws(() => parseChecked(schema, { ...valid, count: 1, name: 'abcd' }, 'the file:'), {
    name: 'UserError',
    message: 'the file:\n  count: expected at least 2, got 1\n  name: expected at most 3 characters, got "abcd"',
  });
});

test('each problem has its path, the expectation and what was found', (t) => {
  t.deepEqual(problemsOf({ ...valid, count: 1, name: 'abcd', kind: 'c', network: '11', tags: { 'a b': 'c' } }), [
    'count: expected at least 2, got 1',
    'name: expected at most 3 characters, got "abcd"',
    "kind: expected 'a' or 'b', got \"c\"",
    'network: expected a private network, got "11"',
    'tags.a b: expected a key that is a word, got "c"',
  ]);
  t.deepEqual(problemsOf({ ...valid, count: 1.5, name: '', tags: [], more: 1 }), [
    'count: expected a whole number, got 1.5',
    'name: expected at least 1 character, got ""',
    'tags: expected a mapping, got []',
    'more: unknown key',
  ]);
  t.deepEqual(problemsOf(undefined), ['(top level): expected a mapping, got nothing']);
});
