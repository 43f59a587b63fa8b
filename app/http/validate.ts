import type { z } from 'zod';
import { valueAt } from '../../common/validation.ts';
import { HttpProblem, type ProblemPlace } from '../problems/problem.ts';

/** Validates a request's body; throws a problem with a JSON pointer to each invalid value. */
export function validateBody<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  return validate(schema, value, bodyPlace, 'the body');
}

/** Validates a request's query parameters; throws a problem that names each invalid one. */
export function validateQuery<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  return validate(schema, value, queryPlace, 'the query');
}

type ToPlace = (path: PropertyKey[], detail: string) => ProblemPlace;

function validate<T extends z.ZodType>(schema: T, value: unknown, toPlace: ToPlace, whole: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => placesOf(issue, value, toPlace)).slice(0, 10);
  const [first] = errors;
  const where = first?.pointer || first?.parameter || whole;
  throw new HttpProblem('invalid-content', `${where}: ${first?.detail}.`, { errors });
}

/** Returns what was expected of a value and what came instead; undefined for a valid value. */
export function invalidDetail(schema: z.ZodType, value: unknown): string | undefined {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  return issue && detailOf(issue, value);
}

function placesOf(issue: z.core.$ZodIssue, value: unknown, toPlace: ToPlace): ProblemPlace[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => toPlace([...issue.path, key], 'expected no such member; check its spelling'));
  }
  return [toPlace(issue.path, detailOf(issue, value))];
}

function detailOf({ message, path }: z.core.$ZodIssue, value: unknown): string {
  return `${message}, got ${kindOf(valueAt(value, path))}`;
}

function bodyPlace(path: PropertyKey[], detail: string): ProblemPlace {
  return { detail, pointer: path.map((key) => `/${escapePointer(String(key))}`).join('') };
}

function queryPlace(path: PropertyKey[], detail: string): ProblemPlace {
  return { detail, parameter: path.map((key) => String(key).slice(0, 100)).join('.') };
}

function escapePointer(key: string): string {
  return key.slice(0, 100).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Says what a value is without repeating it: it may be long, secret or hostile. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `a string of ${[...value].length} characters`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
