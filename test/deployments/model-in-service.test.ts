import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { sha256 } from '../../common/checksum.ts';
import { archiveOf, modelInService } from '../../deployments/model-in-service.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { manifestFile } from '../../model/artifact/checksums.ts';
import { readArtifact } from '../../model/artifact/read.ts';
import { endMember, gzipMember, tarBlocks } from '../../releases/archive.ts';
import { releaseEntry } from '../../releases/files.ts';
import { loadStage } from '../../stages/load.ts';
import { answers, formatOne } from '../model/artifact/format-1.ts';
import { trainSmall } from '../model/trained.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const stage = await loadStage('rehearsal');
const bucket = 'intent-fleet-rehearsal-releases-123456789012';

/** Packs an artifact, among other files, as a release does. */
async function packed({ files }: Artifact): Promise<Buffer> {
  const artifact = Object.entries(files).map(([name, content]) => releaseEntry(`artifact/${name}`, content));
  const entries = [
    releaseEntry('app/service.mjs', Buffer.from('1')),
    ...artifact,
    releaseEntry('release.json', Buffer.from('{}')),
  ];
  return Buffer.concat([await gzipMember(await tarBlocks(entries)), await endMember()]);
}

/** A store that holds these objects, a folder of kept releases, and the model of a release. */
async function stored(t: ExecutionContext, release: string, objects: Record<string, Buffer>, code = 'NoSuchKey') {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURI((request.url ?? '').split('?')[0] ?? '');
    requests.push(path);
    const found = objects[path.slice(bucket.length + 2)];
    if (found) return response.end(found);
    return response.writeHead(404, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
  });
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  const kept = await temporaryFolder(t);
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const target = { access: { region: 'eu-central-1', endpoint, credentials }, site: { accountId: '123456789012' } };
  return { requests, kept, target, model: modelInService(stage, target, release, kept) };
}

const artifact = await trainSmall();
const archive = await packed(artifact);
const release = sha256(archive);
const id = release.slice(0, 16);
const archiveKey = `releases/${id}.tar.gz`;
const manifestKey = `releases/${id}.manifest.json`;

test('the manifest is the one beside the release', async (t) => {
  const { model, requests } = await stored(t, release, { [manifestKey]: artifact.files[manifestFile] });
  t.deepEqual(await model.manifest(), artifact.manifest);
  t.deepEqual(requests, [`/${bucket}/${manifestKey}`]);
});

test('a manifest of format 1 is read', async (t) => {
  const { files, manifest } = await readArtifact(formatOne);
  const { model } = await stored(t, release, { [manifestKey]: files[manifestFile] });
  t.deepEqual(await model.manifest(), manifest);
});

test('a manifest that is missing, of a newer format, or none at all, is a sentence', async (t) => {
  const refusals: [Record<string, Buffer>, string][] = [
    [{}, `s3://${bucket}/${manifestKey} does not exist`],
    [
      { [manifestKey]: Buffer.from('{"format":5}') },
      `${manifestKey}: expected an artifact of format 1 or 2 or 3 or 4, got format 5; update intent-fleet, or train again`,
    ],
  ];
  for (const [objects, message] of refusals) {
    const { model } = await stored(t, release, objects);
    t.is((await t.throwsAsync(model.manifest()))?.message, message);
  }
  const { model } = await stored(t, release, { [manifestKey]: Buffer.from('<html>') });
  await t.throwsAsync(model.manifest(), { name: 'ArtifactError', message: /manifest\.json: not JSON \(/ });
  const { model: gone } = await stored(t, release, {}, 'NoSuchBucket');
  await t.throwsAsync(gone.manifest(), { name: 'UserError' });
});

test('another error of the store is not a missing object', async (t) => {
  const { model } = await stored(t, release, {}, 'AccessDenied');
  await t.throwsAsync(model.manifest(), { name: 'AccessDenied' });
});

test('the model is opened from the release in the store', async (t) => {
  const { model, requests } = await stored(t, release, { [archiveKey]: archive });
  const { manifest, predict } = await model.open();
  t.deepEqual(manifest, artifact.manifest);
  t.is(predict('great service').alternatives[0]?.intent, 'praise');
  t.deepEqual(requests, [`/${bucket}/${archiveKey}`]);
});

test('a release of format 1 is opened', async (t) => {
  const old = await packed(await readArtifact(formatOne));
  const { model } = await stored(t, sha256(old), { [`releases/${sha256(old).slice(0, 16)}.tar.gz`]: old });
  const { predict } = await model.open();
  for (const [text, intent] of answers) t.is(predict(text).intent, intent);
});

test('a release that is kept on this machine is not fetched, unless it is damaged', async (t) => {
  const { model, requests, kept } = await stored(t, release, { [archiveKey]: archive });
  const path = join(kept, `${id}.tar.gz`);
  await writeFile(path, archive);
  t.deepEqual((await model.open()).manifest, artifact.manifest);
  t.deepEqual(requests, []);
  await writeFile(path, Buffer.concat([archive.subarray(1), Buffer.alloc(1)]));
  t.deepEqual((await model.open()).manifest, artifact.manifest);
  t.deepEqual(requests, [`/${bucket}/${archiveKey}`]);
});

test('a release in the store that is missing, or has other bytes, is refused', async (t) => {
  const { model } = await stored(t, release, {});
  t.is((await t.throwsAsync(model.open()))?.message, `s3://${bucket}/${archiveKey} does not exist`);
  const { model: other } = await stored(t, release, { [archiveKey]: Buffer.from('other') });
  t.is(
    (await t.throwsAsync(other.open()))?.message,
    `${archiveKey}: expected SHA-256 ${release}, got ${sha256('other')}`,
  );
});

test('the archive of a release is the one on this machine, else the one in the store', async (t) => {
  const { target, kept, requests } = await stored(t, release, { [archiveKey]: archive });
  t.deepEqual(await archiveOf(stage, target, release, kept), archive);
  await writeFile(join(kept, `${id}.tar.gz`), archive);
  t.deepEqual(await archiveOf(stage, target, release, kept), archive);
  t.deepEqual(requests, [`/${bucket}/${archiveKey}`]);
});
