import type { Context } from '../context.ts';
import { answer } from '../http/answer.ts';
import { openApiDocument } from '../openapi/document.ts';
import { page, securePage } from '../page/page.ts';
import { json, type Operation } from './operation.ts';

/** `GET /openapi.json`, about these operations and itself. */
export function openApiOperation(context: Context, others: readonly Operation[]): Operation {
  let document: string | undefined;
  const operation: Operation = {
    id: 'openapi',
    tag: 'about',
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    answer: { description: 'OpenAPI 3.1', mediaType: json },
    problems: [],
    handle: (_request, response) => {
      // Made when it is first asked for: a start should not wait for it.
      document ??= JSON.stringify(openApiDocument([...others, operation], apiVersion(context)));
      answer(response, 200, document, json);
    },
  };
  return operation;
}

function apiVersion({ classifier }: Context): string {
  return classifier().manifest.versions.intentFleet;
}

/** `GET /`: a page to try it. */
export const pageOperation: Operation = {
  id: 'page',
  tag: 'about',
  method: 'get',
  path: '/',
  summary: 'A page to try it',
  answer: { description: 'The page', mediaType: 'text/html' },
  problems: [],
  handle: (request, response) => {
    securePage(request, response, () => answer(response, 200, page, 'text/html; charset=utf-8'));
  },
};
