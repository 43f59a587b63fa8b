import { paths } from '../paths.ts';
import { command } from '../tasks/command.ts';
import { file } from '../tasks/file.ts';
import type { Task } from '../tasks/task.ts';

/** A machine may live for years, and nobody renews what it made for itself. */
const days = '3650';

export interface CertificateSettings {
  /** Name of the files, and who they are for. */
  name: 'service' | 'proxy';
  /** The only one who may read the key. */
  owner: string;
  notify: readonly string[];
}

/** Where a certificate of the machine and its key lie. */
export function certificatePaths(name: CertificateSettings['name']): { certificate: string; key: string } {
  return { certificate: `${paths.tls}/${name}.crt`, key: `${paths.tls}/${name}.key` };
}

/** A certificate for loopback that the machine signs itself; its key is made here and never leaves. */
export function selfSignedCertificate({ name, owner, notify }: CertificateSettings): Task[] {
  const { certificate, key } = certificatePaths(name);
  return [
    command({
      name: `Make the ${name}'s certificate`,
      argv: newCertificate(certificate, key),
      unless: ['openssl', 'x509', '-in', certificate, '-noout', '-checkend', '2592000'],
      notify,
    }),
    file({ name: `Keep the ${name}'s key to ${owner}`, path: key, owner, group: owner, mode: 0o400 }),
    file({ name: `Let everybody read the ${name}'s certificate`, path: certificate, mode: 0o644 }),
  ];
}

function newCertificate(certificate: string, key: string): string[] {
  return [
    ...['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'],
    ...['-days', days, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', key, '-out', certificate],
  ];
}
