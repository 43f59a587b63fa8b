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
  templates: string;
}

/** The programs of this checkout. */
export const checkoutSources: ReleaseSources = {
  root,
  runtime: runtimePath,
  service: join(root, 'app/main.ts'),
  bootstrap: join(root, 'bootstrap/main.ts'),
  shipper: join(root, 'logs/main.ts'),
  templates: join(root, 'bootstrap/templates'),
};

/** Paths in a release. */
export const runtimeFile = 'bin/node';
export const serviceFile = 'app/service.mjs';
export const bootstrapFile = 'bootstrap/bootstrap.mjs';
export const shipperFile = 'logs/shipper.mjs';
