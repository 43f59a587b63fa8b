import { selfSignedArguments } from '../../common/openssl.ts';
import { paths } from '../paths.ts';
import { command } from '../tasks/command.ts';
import { directory } from '../tasks/directory.ts';
import { file } from '../tasks/file.ts';
import { packages } from '../tasks/package.ts';
import type { Task, TaskOptions } from '../tasks/task.ts';

// Valid for years, because nothing renews it while the machine lives.
const validDays = 3650;
const alternativeNames = ['DNS:localhost', 'IP:127.0.0.1'];
const renewalSeconds = '2592000';

export interface CertificateSettings extends Pick<TaskOptions, 'notify' | 'when'> {
  /** Name of the files, and the program that they are for. */
  name: 'service' | 'proxy';
  /** The only user who may read the key. */
  owner: string;
}

/** The paths of a machine's own certificate and its key. */
export function certificatePaths(name: CertificateSettings['name']): { certificate: string; key: string } {
  return { certificate: `${paths.tls}/${name}.crt`, key: `${paths.tls}/${name}.key` };
}

/** What certificates are made with, and the folder that holds them. */
export function certificateFolder(): Task[] {
  return [
    packages({ name: 'Install openssl', packages: ['openssl'] }),
    directory({ name: 'Make the configuration directory', path: paths.configuration, mode: 0o755 }),
    directory({ name: 'Make the certificate directory', path: paths.tls, mode: 0o755 }),
  ];
}

/** A self-signed certificate for loopback; its key is made on the machine and never leaves it. */
export function selfSignedCertificate({ name, owner, ...options }: CertificateSettings): Task[] {
  const files = certificatePaths(name);
  const { certificate, key } = files;
  const { when } = options;
  return [
    command({
      name: `Make the ${name}'s certificate`,
      argv: [
        'openssl',
        ...selfSignedArguments({ ...files, commonName: 'localhost', alternativeNames, days: validDays }),
      ],
      unless: ['openssl', 'x509', '-in', certificate, '-noout', '-checkend', renewalSeconds],
      ...options,
    }),
    file({
      name: `Restrict the ${name}'s key to ${owner}`,
      path: key,
      owner,
      mode: 0o400,
      sensitive: true,
      ...(when && { when }),
    }),
    file({
      name: `Make the ${name}'s certificate readable`,
      path: certificate,
      mode: 0o644,
      ...(when && { when }),
    }),
  ];
}
