import type { Request } from 'express';
import type { z } from 'zod';
import { parseJson } from '../http/body.ts';
import { invalidDetail, validateBody } from '../http/validate.ts';
import { HttpProblem, invalidAt } from '../problems/problem.ts';
import type { InferRequest, inferRequestSchema } from '../schemas/inference.ts';
import { decodeStrings } from './bytes-tensor.ts';

/** The header with the length of the JSON part when binary tensors follow it. */
export const jsonLengthHeader = 'Inference-Header-Content-Length';

interface Schemas {
  mostTexts: number;
  request: ReturnType<typeof inferRequestSchema>;
  text: z.ZodType<string>;
}

/** An inference request and its texts in order. */
export interface Inference {
  request: InferRequest;
  texts: string[];
}

/** Reads an inference request, with its texts in the JSON or as a binary tensor behind it. */
export function readInference(httpRequest: Request, schemas: Schemas): Inference {
  const { head, rest } = split(httpRequest);
  const request = validateBody(schemas.request, parseJson(head));
  const expected = countTexts(request, schemas.mostTexts);
  const texts = readTexts(request, rest);
  if (texts.length !== expected) {
    throw invalidAt('/inputs/0/data', `expected ${expected} texts as the shape says, got ${texts.length}`);
  }
  texts.forEach((text, index) => {
    checkText(schemas.text, text, index);
  });
  return { request, texts: texts as string[] };
}

function split(request: Request): { head: Buffer; rest: Buffer } {
  const body: Buffer = request.body;
  const given = request.get(jsonLengthHeader) ?? String(body.length);
  const length = /^\d{1,9}$/.test(given) ? Number(given) : Number.POSITIVE_INFINITY;
  if (length > body.length) throw wrongLength(body.length, given);
  return { head: body.subarray(0, length), rest: body.subarray(length) };
}

function wrongLength(most: number, given: string): HttpProblem {
  const detail = `${jsonLengthHeader}: expected at most the body's ${most} bytes, got ${given.slice(0, 20)}.`;
  return new HttpProblem('invalid-content', detail, { errors: [{ detail, pointer: '' }] });
}

function readTexts({ inputs: [input] }: InferRequest, rest: Buffer): unknown[] {
  const size = input?.parameters?.binary_data_size;
  if (size === undefined) return (input?.data ?? []).flat(3);
  if (size !== rest.length) {
    throw invalidAt('/inputs/0/parameters/binary_data_size', `expected ${rest.length}, the bytes behind the JSON`);
  }
  const texts = decodeStrings(rest);
  if (texts) return texts;
  throw invalidAt(
    '/inputs/0',
    'expected each text as a four-byte little-endian length followed by that many bytes of UTF-8',
  );
}

function countTexts({ inputs: [input] }: InferRequest, most: number): number {
  const count = (input?.shape ?? []).reduce((product, size) => product * size, 1);
  if (count <= most) return count;
  throw invalidAt('/inputs/0/shape', `expected a shape such as [1], of at most ${most} texts, got ${count}`);
}

function checkText(schema: z.ZodType<string>, text: unknown, index: number): void {
  const detail = invalidDetail(schema, text);
  if (detail !== undefined) throw invalidAt(`/inputs/0/data/${index}`, detail);
}
