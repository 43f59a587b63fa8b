import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** One line for each thing wrong in `value`: where it stands, what was expected there and what was got. */
export function describeProblems(error: z.ZodError, value: unknown): string[] {
  return error.issues.flatMap((issue) => describe(issue, value));
}

function describe(issue: Issue, value: unknown): string[] {
  const where = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${[...where, key].join('.')}: unknown key`);
  }
  return [`${where.join('.') || '(top level)'}: expected ${expected(issue)}, got ${got(at(value, issue.path))}`];
}

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return article(issue.expected);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue ? oneOf(issue.options as unknown[]) : issue.message;
    case 'too_small':
      return `at least ${issue.minimum}${unit(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `at most ${issue.maximum}${unit(issue.origin, issue.maximum)}`;
    case 'invalid_key':
      return `a key that is ${issue.issues.map(expected).join(' and ')}`;
    default:
      return issue.message.replace(/^expected /, '');
  }
}

function unit(origin: string, amount: number | bigint): string {
  if (origin !== 'string') return '';
  return Number(amount) === 1 ? ' character' : ' characters';
}

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => `'${String(value)}'`).join(' or ');
}

const articles: Record<string, string> = {
  int: 'a whole number',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
};

function article(type: string): string {
  return articles[type] ?? `a ${type}`;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function got(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
