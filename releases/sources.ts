import { join } from 'node:path';
import { checkoutFolder as root } from '../common/paths.ts';
import { runtimePath } from './runtime.ts';

/** The sources of a release's programs; tests pack smaller ones. */
export interface ReleaseSources {
  /** The folder that holds all others except the runtime. */
  root: string;
  runtime: string;
  service: string;
  bootstrap: string;
  shipper: string;
  keys: string;
  feedback: string;
  shadowFetch: string;
  shadow: string;
  templates: string;
  /** What the service reads from its packages when it runs: paths below node_modules. */
  packageFiles: readonly string[];
}

/** The programs of this checkout. */
export const checkoutSources: ReleaseSources = {
  root,
  runtime: runtimePath,
  service: join(root, 'app/main.ts'),
  bootstrap: join(root, 'bootstrap/main.ts'),
  shipper: join(root, 'logs/main.ts'),
  keys: join(root, 'keys/main.ts'),
  feedback: join(root, 'feedback/main.ts'),
  shadowFetch: join(root, 'shadow/fetch/main.ts'),
  shadow: join(root, 'shadow/run/main.ts'),
  templates: join(root, 'bootstrap/templates'),
  packageFiles: [
    // The API reference, and what its licence wants beside it.
    'swagger-ui-dist/LICENSE',
    'swagger-ui-dist/NOTICE',
    'swagger-ui-dist/swagger-ui-bundle.js',
    'swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt',
    'swagger-ui-dist/swagger-ui.css',
  ],
};

/** Paths in a release. */
export const runtimeFile = 'bin/node';
export const serviceFile = 'app/service.mjs';
export const packagesFolder = 'app/node_modules';
export const bootstrapFile = 'bootstrap/bootstrap.mjs';
export const shipperFile = 'logs/shipper.mjs';
export const keysFile = 'keys/keys.mjs';
export const feedbackFile = 'feedback/feedback.mjs';
export const shadowFetchFile = 'shadow/fetch.mjs';
export const shadowFile = 'shadow/shadow.mjs';
