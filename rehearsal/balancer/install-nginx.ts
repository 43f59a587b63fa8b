import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { mountOverlay } from '../image/overlay.ts';
import { runAll } from '../run.ts';
import { settingsFolder } from './nginx-balancer.ts';

/** Installs nginx and the certificate in the folder `tls` into a view of the base image; returns that root. */
export async function installNginx(image: string, tls: string): Promise<string> {
  const root = await mountOverlay(image, '/run/balancer', runAll);
  await runAll([['mount', '--rbind', '/dev', join(root, 'dev')]]);
  // Keeps the package from starting its service.
  await writeFile(join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const options = ['--yes', '--no-download', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-unsafe-io'];
  await execa('chroot', [root, 'apt-get', 'install', ...options, 'nginx-light'], {
    stdin: 'ignore',
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
  const settings = join(root, settingsFolder);
  await mkdir(settings, { recursive: true });
  for (const name of ['certificate.pem', 'key.pem']) await copyFile(join(tls, name), join(settings, name));
  return root;
}
