import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { mountOverlay } from '../image/overlay.ts';
import { runAll } from '../run.ts';
import { settingsFolder } from './nginx-balancer.ts';

export interface InstallNginxProps {
  /** The base image's root file system. */
  image: string;
  /** The balancer's certificate and key, PEM files. */
  certificate: string;
  key: string;
}

/** Installs nginx into a copy-on-write view of the base image, and returns that root file system. */
export async function installNginx({ image, certificate, key }: InstallNginxProps): Promise<string> {
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
  await copyFile(certificate, join(settings, 'certificate.pem'));
  await copyFile(key, join(settings, 'key.pem'));
  return root;
}
