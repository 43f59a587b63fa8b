import type { z } from 'zod';
import { UserError } from './errors.ts';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

/** One place of a value that its schema refuses. */
export interface Problem {
  path: readonly PropertyKey[];
  /** The schema's expectation, such as `a whole number`; undefined for an unknown key. */
  expected: string | undefined;
  /** The value that was found there. */
  got: unknown;
}

export type Checked<Output> = { data: Output; problems?: undefined } | { data?: undefined; problems: Problem[] };

/** Parses a value; where it is refused, tells each place, what was expected there and what came. */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): Checked<z.output<Schema>> {
  const { success, data, error } = schema.safeParse(value, options);
  if (success) return { data };
  return { problems: error.issues.flatMap((issue) => problemsOf(issue, value)) };
}

/** One line for each problem: `fleet.size.max: expected at least 2, got 1`. */
export function describeProblems(problems: readonly Problem[]): string[] {
  return problems.map(({ path, expected, got }) => {
    const place = path.map(String).join('.') || '(top level)';
    return expected === undefined ? `${place}: unknown key` : `${place}: expected ${expected}, got ${show(got)}`;
  });
}

/** A title, and below it a line for each problem. */
export function describeInvalid(title: string, problems: readonly Problem[]): string {
  return [title, ...describeProblems(problems)].join('\n  ');
}

/** Parses a value; where it is refused, throws an error that says where and why below a title. */
export function parseChecked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  title: string,
): z.output<Schema> {
  const { data, problems } = check(schema, value);
  if (problems) throw new UserError(describeInvalid(title, problems));
  return data;
}

/** Returns the value at a path; undefined where the path ends earlier. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

// A schema's own message says what it expects; these say it where the schema has none.
const options = { error: (issue: Issue) => expectationOf(issue) };

function problemsOf(issue: z.core.$ZodIssue, value: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const paths = issue.keys.map((key) => [...issue.path, key]);
    return paths.map((path) => ({ path, expected: undefined, got: valueAt(value, path) }));
  }
  return [{ path: issue.path, expected: issue.message.replace(/^expected /, ''), got: valueAt(value, issue.path) }];
}

function expectationOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? `a ${issue.expected}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return issue.options ? oneOf(issue.options as unknown[]) : undefined;
    case 'too_small':
      return `at least ${issue.minimum}${unitOf(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `at most ${issue.maximum}${unitOf(issue.origin, issue.maximum)}`;
    case 'invalid_key':
      return `a key that is ${issue.issues.map(({ message }) => message).join(' and ')}`;
    default:
      return undefined;
  }
}

const typeNames: Record<string, string> = {
  int: 'a whole number',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
};

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => `'${String(value)}'`).join(' or ');
}

function unitOf(origin: string, amount: number | bigint): string {
  if (origin !== 'string') return '';
  return Number(amount) === 1 ? ' character' : ' characters';
}
