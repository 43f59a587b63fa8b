import { answer } from '../http/answer.ts';
import type { pageSecurity } from '../http/page-security.ts';
import type { Operation } from './operation.ts';

export interface HtmlPage extends Pick<Operation, 'id' | 'path' | 'summary'> {
  /** Sets the headers that allow what the page loads. */
  secure: ReturnType<typeof pageSecurity>;
  render: () => string;
}

/** Returns the operation of a page for people. */
export function htmlPage({ id, path, summary, secure, render }: HtmlPage): Operation {
  return {
    ...{ id, path, summary, tag: 'about', method: 'get', problems: [] },
    answer: { description: 'The page', mediaType: 'text/html' },
    handle: (request, response) => {
      secure(request, response, () => answer(response, 200, render(), 'text/html; charset=utf-8'));
    },
  };
}
