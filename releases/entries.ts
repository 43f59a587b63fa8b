import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../common/errors.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import type { Artifact } from '../model/artifact/artifact.ts';
import type { PageFile } from '../monitoring/page/build.ts';
import { bundle } from './bundle.ts';
import { type ReleaseEntry, readFolder, releaseEntry } from './files.ts';
import { monitoringManifest, serviceManifest } from './manifest.ts';
import { readRuntime } from './runtime.ts';
import {
  bootstrapFile,
  feedbackFile,
  keysFile,
  packagesFolder,
  type ReleaseSources,
  runtimeFile,
  serviceFile,
  shadowFetchFile,
  shadowFile,
  shipperFile,
} from './sources.ts';

const node = process.versions.node;

/** Makes all files of a release, sorted by path; the manifest comes last. */
export async function releaseEntries(artifact: Artifact, sources: ReleaseSources): Promise<ReleaseEntry[]> {
  const { version: model, examples } = artifact.manifest;
  const [common, service, keys, feedback, shadowFetch, shadow, packages] = await Promise.all([
    commonFiles(sources),
    bundle(sources.service, sources.root),
    bundle(sources.keys, sources.root),
    bundle(sources.feedback, sources.root),
    bundle(sources.shadowFetch, sources.root),
    bundle(sources.shadow, sources.root),
    packageFiles(sources),
  ]);
  const files = sorted([
    ...common,
    releaseEntry(serviceFile, service),
    releaseEntry(keysFile, keys),
    releaseEntry(feedbackFile, feedback),
    releaseEntry(shadowFetchFile, shadowFetch),
    releaseEntry(shadowFile, shadow),
    ...packages,
    ...Object.entries(artifact.files).map(([name, content]) => releaseEntry(`artifact/${name}`, content)),
  ]);
  return [...files, serviceManifest(files, { node, model, examples })];
}

/** Makes all files of the monitoring machine, sorted by path; the manifest comes last. */
export async function monitoringEntries(page: readonly PageFile[], sources: ReleaseSources): Promise<ReleaseEntry[]> {
  const files = sorted([
    ...(await commonFiles(sources)),
    ...page.map(({ name, content }) => releaseEntry(`page/${name}`, content)),
  ]);
  return [...files, monitoringManifest(files, node)];
}

/** What every machine needs: the runtime, the bootstrap with its templates, and the log shipper. */
async function commonFiles(sources: ReleaseSources): Promise<ReleaseEntry[]> {
  const [runtime, bootstrap, shipper, templates] = await Promise.all([
    readRuntime(sources.runtime),
    bundle(sources.bootstrap, sources.root),
    bundle(sources.shipper, sources.root),
    readFolder(sources.templates, `bootstrap/${basename(sources.templates)}`),
  ]);
  return [
    releaseEntry(runtimeFile, runtime, { executable: true }),
    releaseEntry(bootstrapFile, bootstrap),
    releaseEntry(shipperFile, shipper),
    ...templates,
  ];
}

// Where the service's module finds them as it does in the checkout.
function packageFiles({ root, packageFiles }: ReleaseSources): Promise<ReleaseEntry[]> {
  return Promise.all(
    packageFiles.map(async (path) => {
      const content = await readFile(join(root, 'node_modules', path)).catch(unlessMissing);
      if (content === undefined) throw new UserError(`node_modules/${path}: expected a file. Run \`npm ci\`.`);
      return releaseEntry(`${packagesFolder}/${path}`, content);
    }),
  );
}

function sorted(files: readonly ReleaseEntry[]): ReleaseEntry[] {
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
