import type { z } from 'zod';

/** One line for each thing that is wrong with a value: where, what was expected, and what came. */
export function describeIssues(error: z.ZodError, input: unknown): string {
  return error.issues.map((issue) => `  ${place(issue.path)}${issue.message}, got ${at(input, issue.path)}`).join('\n');
}

function place(path: PropertyKey[]): string {
  return path.length === 0 ? '' : `${path.map(String).join('.')}: `;
}

function at(input: unknown, path: PropertyKey[]): string {
  const value = path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], input);
  return JSON.stringify(value) ?? 'nothing';
}
