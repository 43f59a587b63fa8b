import { z } from 'zod';
import { parseJson } from '../../common/parse-json.ts';
import { parseChecked } from '../../common/validation.ts';
import type { MlflowClient } from '../../mlflow/client.ts';
import type { MlflowRun, Tag } from '../../mlflow/runs.ts';
import { artifactTag } from '../../mlflow/tags.ts';
import { type VersionRecord, versionRecord } from '../version-record.ts';

/** The tag of a version that holds our record of it, without its number, which is MLflow's. */
const recordTag = 'intent-fleet.version';

const modelVersion = z.object({
  version: z.coerce.number(),
  source: z.string().default(''),
  run_id: z.string().default(''),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
});
const page = z.object({ model_versions: z.array(modelVersion).default([]), next_page_token: z.string().default('') });

const pageVersions = 200;

/** A version in MLflow. */
export interface MlflowVersion {
  record: VersionRecord;
  /** The URI of the folder of its files. */
  source: string;
  /** The id of the run that holds them. */
  run: string;
}

/** Reads the versions of a model that this project has made, by their numbers. Those of others have no record of ours. */
export async function readVersions(client: MlflowClient, name: string): Promise<MlflowVersion[]> {
  const versions: z.output<typeof modelVersion>[] = [];
  let token: string | undefined;
  do {
    const query = {
      filter: `name = '${name}'`,
      max_results: String(pageVersions),
      ...(token && { page_token: token }),
    };
    const { model_versions, next_page_token } = await client.get('model-versions/search', query, page);
    versions.push(...model_versions);
    token = next_page_token;
  } while (token);
  return versions
    .sort((one, other) => one.version - other.version)
    .flatMap(({ version, source, run_id, tags }) => {
      const text = tags.find(({ key }) => key === recordTag)?.value;
      if (text === undefined) return [];
      return [
        { record: parseRecord(text, version, `${client.address}: ${name} version ${version}`), source, run: run_id },
      ];
    });
}

function parseRecord(text: string, version: number, place: string): VersionRecord {
  const content = parseJson(text);
  const record = typeof content === 'object' ? { ...content, version } : content;
  return parseChecked(versionRecord, record, `${place}: not a record of this registry:`);
}

/** Makes a version of the files in a run. Where the answer is lost, there may be two. */
export async function createVersion(
  client: MlflowClient,
  name: string,
  { run_id, artifact_uri }: MlflowRun,
  { version: _, ...record }: VersionRecord,
): Promise<void> {
  const tags: Tag[] = [
    { key: recordTag, value: JSON.stringify(record) },
    { key: artifactTag, value: record.artifact },
  ];
  await client.post('model-versions/create', { name, run_id, source: sourceOf(artifact_uri), tags }, z.object({}));
}

export async function deleteVersion(client: MlflowClient, name: string, { record }: MlflowVersion): Promise<void> {
  await client.delete('model-versions/delete', { name, version: String(record.version) });
}

/** Returns the URI of the folder of a version's files, of that of its run's artifacts. */
export function sourceOf(artifacts: string): string {
  return `${artifacts}/model`;
}
