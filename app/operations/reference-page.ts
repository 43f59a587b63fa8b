import { fileURLToPath } from 'node:url';
import { staticFile } from '../http/static-file.ts';
import { referencePage, secureReferencePage } from '../reference-page/page.ts';
import { htmlPage } from './html-page.ts';
import type { Operation } from './operation.ts';

/** `GET /docs`: a page that shows the OpenAPI document and tries its operations. */
const referenceOperation = htmlPage({
  ...{ id: 'reference', path: '/docs', summary: 'The API reference, to read and to try' },
  secure: secureReferencePage,
  render: () => referencePage,
});

/** `GET /docs` and the files of Swagger UI that it loads. */
export const referenceOperations: Operation[] = [
  referenceOperation,
  libraryOperation('swagger-ui.css', 'referenceStyle', 'text/css', 'The style sheet'),
  libraryOperation('swagger-ui-bundle.js', 'referenceScript', 'text/javascript', 'The script'),
];

function libraryOperation(name: string, id: string, mediaType: string, what: string): Operation {
  // Found as a module is: below the node_modules of a checkout, or those beside the service's module in a release.
  const path = () => fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`));
  return {
    id,
    tag: 'about',
    method: 'get',
    path: `/docs/${name}`,
    summary: `${what} of the API reference`,
    answer: { description: what, mediaType },
    problems: [],
    handle: staticFile(path, `${mediaType}; charset=utf-8`),
  };
}
