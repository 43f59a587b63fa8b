import { createHash } from 'node:crypto';
import test from 'ava';
import { imageFolder } from '../../../rehearsal/image/build.ts';
import { buildParameters, recipe, recipeDigest } from '../../../rehearsal/image/recipe.ts';

test('the name of the image has the digest of the whole recipe', (t) => {
  t.is(recipeDigest, createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12));
  t.true(imageFolder().endsWith(`/intent-fleet/debian-12-${recipeDigest}`));
});

test('the image has the packages of a cloud image, and no build tools or runtime', (t) => {
  for (const name of ['systemd', 'cloud-init', 'curl', 'ca-certificates']) t.true(recipe.packages.includes(name), name);
  for (const name of ['nodejs', 'npm', 'git', 'build-essential', 'nginx-light'])
    t.false(recipe.packages.includes(name), name);
});

test('mmdebstrap gets the whole recipe', (t) => {
  const ec2 = '/usr/lib/python3/dist-packages/cloudinit/sources/DataSourceEc2.py';
  const masked = (timer: string) => `--customize-hook=ln -sf /dev/null "$1/etc/systemd/system/${timer}.timer"`;
  t.deepEqual(buildParameters('/target', '/over lay'), [
    ...['--variant=minbase', '--mode=root', '--format=directory', '--dpkgopt=force-unsafe-io'],
    '--dpkgopt=path-exclude=/usr/share/man/*',
    '--dpkgopt=path-exclude=/usr/share/doc/*',
    '--skip=cleanup/apt',
    `--include=${recipe.packages.join(',')}`,
    '--customize-hook=chroot "$1" apt-get clean',
    '--customize-hook=chroot "$1" apt-get install --yes --download-only --no-install-recommends nginx-light prometheus prometheus-nginx-exporter prometheus-node-exporter',
    '--customize-hook=mkdir -p "$1/var/log/journal"',
    `--customize-hook=sed -i -e 's#/sys/hypervisor/uuid#/etc/ec2-uuid#' -e 's/perform_dhcp_setup = True/perform_dhcp_setup = False/' "$1${ec2}"`,
    '--customize-hook=rm -f "$1/etc/machine-id" && : > "$1/etc/machine-id"',
    ...['apt-daily', 'apt-daily-upgrade', 'e2scrub_all', 'fstrim'].map(masked),
    '--customize-hook=cp -a "/over lay/." "$1"',
    'bookworm',
    '/target',
  ]);
});
