import { basename, join } from 'node:path';
import { checkoutFolder as root } from '../common/paths.ts';
import { bundle } from './bundle.ts';
import { type ReleaseEntry, readFolder } from './files.ts';
import { readRuntime, runtimePath } from './runtime.ts';

/** Where the programs of a release come from; tests pack smaller ones. */
export interface ReleaseSources {
  /** The folder that the others are below, but for the runtime. */
  root: string;
  runtime: string;
  service: string;
  bootstrap: string;
  templates: string;
}

/** The programs of this checkout. */
export const checkoutSources: ReleaseSources = {
  root,
  runtime: runtimePath,
  service: join(root, 'app/main.ts'),
  bootstrap: join(root, 'bootstrap/main.ts'),
  templates: join(root, 'bootstrap/templates'),
};

/** Paths of the programs in a release. */
export const runtimeFile = 'bin/node';
export const serviceFile = 'app/service.mjs';

/** Every file of a release but its manifest. */
export async function collect(artifact: string, sources: ReleaseSources): Promise<ReleaseEntry[]> {
  const [runtime, service, bootstrap, templates, model] = await Promise.all([
    readRuntime(sources.runtime),
    bundle(sources.service, sources.root),
    bundle(sources.bootstrap, sources.root),
    readFolder(sources.templates, `bootstrap/${basename(sources.templates)}`),
    readFolder(artifact, 'artifact'),
  ]);
  return [
    { path: runtimeFile, content: runtime, executable: true },
    { path: serviceFile, content: service },
    { path: 'bootstrap/bootstrap.mjs', content: bootstrap },
    ...templates,
    ...model,
  ];
}
