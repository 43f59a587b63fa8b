import test from 'ava';
import { releaseManifestSchema } from '../../bootstrap/release.ts';
import { sha256 } from '../../common/checksum.ts';
import { releaseEntry } from '../../releases/files.ts';
import { releaseManifest } from '../../releases/manifest.ts';

test('the manifest holds the examples, and is one that a machine accepts', (t) => {
  const examples = [{ text: 'hello\n"there"', intent: 'greeting' }];
  const files = [releaseEntry('bin/node', Buffer.from('node'))];
  const { path, content } = releaseManifest(files, { node: '24.0.0', model: 'm', examples });
  t.is(path, 'release.json');
  const { start, shipper, ...rest } = releaseManifestSchema.parse(JSON.parse(content.toString()));
  t.deepEqual(rest, { format: 4, node: '24.0.0', model: 'm', examples, files: { 'bin/node': sha256('node') } });
});
