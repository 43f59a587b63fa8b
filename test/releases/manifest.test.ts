import test from 'ava';
import { releaseManifestSchema, type ServiceManifest } from '../../bootstrap/release.ts';
import { sha256 } from '../../common/checksum.ts';
import { releaseEntry } from '../../releases/files.ts';
import { monitoringManifest, serviceManifest } from '../../releases/manifest.ts';

test('the manifest holds the examples, and is one that a machine accepts', (t) => {
  const examples = [{ text: 'hello\n"there"', intent: 'greeting' }];
  const files = [releaseEntry('bin/node', Buffer.from('node'))];
  const { path, content } = serviceManifest(files, { node: '24.0.0', model: 'm', examples });
  t.is(path, 'release.json');
  const { start, shipper, keys, feedback, shadowFetch, shadow, ...rest } = releaseManifestSchema.parse(
    JSON.parse(content.toString()),
  ) as ServiceManifest;
  t.deepEqual(rest, {
    format: 7,
    machines: 'service',
    node: '24.0.0',
    model: 'm',
    examples,
    files: { 'bin/node': sha256('node') },
  });
});

test('the manifest of the monitoring machine is one that a machine accepts', (t) => {
  const { path, content } = monitoringManifest([releaseEntry('bin/node', Buffer.from('node'))], '24.0.0');
  t.is(path, 'release.json');
  const { shipper, ...rest } = releaseManifestSchema.parse(JSON.parse(content.toString()));
  t.deepEqual(rest, { format: 7, machines: 'monitoring', node: '24.0.0', files: { 'bin/node': sha256('node') } });
});
