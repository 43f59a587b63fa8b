import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run as runService } from '../app/life/run.ts';
import { environmentSchema } from '../app/settings.ts';
import { localhostCertificate } from '../common/certificate.ts';
import { modelSettings } from '../model/settings.ts';
import { trainArtifact } from '../model/training/train-artifact.ts';
import { command, run } from './command-line/command.ts';

const program = command('serve', 'Run the service alone, on this machine, with a certificate of its own making')
  .addHelpText('after', '\nSettings are environment variables; docs/service.md lists them all.')
  .action(serve);

await run(program);

async function serve(): Promise<void> {
  const artifact = process.env.ARTIFACT || environmentSchema.shape.ARTIFACT.parse(undefined);
  if (!existsSync(artifact)) await train(artifact);
  const tls = await certificate();
  const service = await runService({ ...process.env, ARTIFACT: artifact, PORT: process.env.PORT || '8443', ...tls });
  explain(`https://localhost:${service.address.port}`, tls.TLS_CERTIFICATE);
}

async function train(folder: string): Promise<void> {
  process.stderr.write(`There is no model in ${folder} yet; learning from model/data …\n`);
  const { metrics } = await trainArtifact(modelSettings.parse({}), folder);
  const { accuracy, examples } = metrics;
  process.stderr.write(`Learnt: ${(100 * accuracy).toFixed(1)} % right on ${examples} texts it had not seen.\n`);
}

async function certificate(): Promise<{ TLS_CERTIFICATE: string; TLS_KEY: string }> {
  const { TLS_CERTIFICATE, TLS_KEY } = process.env;
  if (TLS_CERTIFICATE && TLS_KEY) return { TLS_CERTIFICATE, TLS_KEY };
  const files = await localhostCertificate(join('build', 'serve'));
  return { TLS_CERTIFICATE: files.certificate, TLS_KEY: files.key };
}

// To the error output, as the standard output is the log.
function explain(url: string, certificatePath: string): void {
  process.stderr.write(
    [
      '',
      `Serving at ${url} (Ctrl-C stops it). Try:`,
      `  curl --cacert ${certificatePath} ${url}/predict -H 'Content-Type: application/json' -d '{"text": "How to reset password?"}'`,
      '',
      '',
    ].join('\n'),
  );
}
