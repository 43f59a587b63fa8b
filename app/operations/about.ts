import type { Context } from '../context.ts';
import { answer } from '../http/answer.ts';
import { openApiDocument } from '../openapi/document.ts';
import { renderPage, securePage } from '../page/page.ts';
import { htmlPage } from './html-page.ts';
import { json, type Operation } from './operation.ts';

/** `GET /openapi.json`, which documents the other operations and itself. */
export function openApiOperation({ classifier }: Context, others: readonly Operation[]): Operation {
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
      // Built at the first request, so that the start does not wait for it.
      document ??= JSON.stringify(openApiDocument([...others, operation], classifier().manifest.versions.intentFleet));
      answer(response, 200, document, json);
    },
  };
  return operation;
}

/** `GET /`: a page to try the service. */
export function pageOperation({ classifier, settings }: Context): Operation {
  return htmlPage({
    ...{ id: 'page', path: '/', summary: 'A page to try the service', secure: securePage },
    render: () => renderPage(classifier().manifest, settings),
  });
}
