import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { type Classifier, openArtifact } from '../model/artifact/open.ts';
import { KeysFile } from './access/keys-file.ts';
import { createApplication } from './application.ts';
import type { Context } from './context.ts';
import { openFeedback } from './feedback/open.ts';
import { expressMessages } from './http/express-messages.ts';
import { listen } from './http/listen.ts';
import { requestListener } from './http/listener.ts';
import { createServer } from './http/server.ts';
import { drain } from './life/drain.ts';
import { createMetrics } from './observe/metrics.ts';
import { createMetricsServer } from './observe/metrics-server.ts';
import { observer } from './observe/observe.ts';
import { lastHandler } from './problems/handler.ts';
import { Reloadable } from './reload/reloadable.ts';
import type { ServiceSettings } from './settings.ts';
import { Copies } from './shadow/copies.ts';
import { readCertificate, type ServedCertificate } from './tls/certificate.ts';

/** A running service. */
export interface Service {
  address: AddressInfo;
  metricsAddress: AddressInfo | undefined;
  modelVersion: () => string;
  /** Loads the artifact, the certificate and the API keys again; what is invalid is refused and the old one stays. */
  reload: () => Promise<void>;
  /** Accepts no more requests, answers those in flight and closes, within the settings' drain time. */
  stop: () => Promise<void>;
}

/** Starts the service; returns when it accepts requests. */
export async function startService(settings: ServiceSettings, logger: Logger): Promise<Service> {
  const metrics = createMetrics();
  const model = await Reloadable.open(() => openArtifact(settings.artifact));
  const certificate = await openCertificate(settings);
  const keysFile = settings.apiKeys === undefined ? undefined : await KeysFile.open(settings.apiKeys);
  const keys = keysFile?.keys;
  const copies = openCopies(settings, metrics);
  const state = { isDraining: false };
  const context: Context = {
    settings,
    logger,
    metrics,
    classifier: () => model.current,
    keys: keys && (() => keys.current),
    feedback: settings.feedback && (await openFeedback(settings.feedback)),
    copies,
    refusals: () => ({ model: model.refusal, certificate: certificate?.refusal, keys: keys?.refusal }),
    isDraining: () => state.isDraining,
  };
  const application = createApplication(context);
  const listener = requestListener(application, observer(context), lastHandler(logger));
  const server = createServer(settings, expressMessages(application), listener, certificate?.current.context);
  const metricsServer = settings.metrics && createMetricsServer(metrics.registry);
  metrics.predictions.serve(model.current.manifest);
  if (settings.samples && model.current.manifest.examples.length === 0)
    logger.warn('the model has no texts that it was tested with; the page shows none');
  if (certificate) metrics.certificate.serve(certificate.current);
  const parts = { logger, metrics, model, certificate, keysFile };
  serveKeys(parts);
  keysFile?.watch(() => void reloadKeys(parts));
  return {
    metricsAddress: metricsServer && settings.metrics && (await listen(metricsServer, settings.metrics)),
    address: await listen(server, settings),
    modelVersion: () => model.current.manifest.version,
    reload: () => reload(parts, server),
    stop: async () => {
      state.isDraining = true;
      keysFile?.stop();
      await drain(server, settings.drainSeconds);
      copies?.stop();
      metricsServer?.close();
      metricsServer?.closeAllConnections();
    },
  };
}

async function openCertificate({ tls }: ServiceSettings): Promise<Parts['certificate']> {
  return tls && (await Reloadable.open(() => readCertificate(tls)));
}

function openCopies({ shadow }: ServiceSettings, { shadowCopies }: Context['metrics']): Copies | undefined {
  if (!shadow) return undefined;
  shadowCopies.serve();
  return new Copies({ ...shadow, counts: shadowCopies });
}

interface Parts extends Pick<Context, 'logger' | 'metrics'> {
  model: Reloadable<Classifier>;
  certificate: Reloadable<ServedCertificate> | undefined;
  keysFile: KeysFile | undefined;
}

async function reload(parts: Parts, server: Server): Promise<void> {
  const { metrics, model, certificate } = parts;
  report(parts, 'model', await model.reload(), model);
  metrics.predictions.serve(model.current.manifest);
  await reloadKeys(parts);
  if (!certificate) return;
  const isTaken = await certificate.reload();
  if (isTaken) {
    (server as TlsServer).setSecureContext(certificate.current.context);
    metrics.certificate.serve(certificate.current);
  }
  report(parts, 'certificate', isTaken, certificate);
}

async function reloadKeys(parts: Parts): Promise<void> {
  if (!parts.keysFile) return;
  const { keys } = parts.keysFile;
  report(parts, 'keys', await keys.reload(), keys);
  serveKeys(parts);
}

function serveKeys({ metrics, keysFile }: Parts): void {
  if (keysFile) metrics.apiKeys.serve({ size: keysFile.keys.current.size, readAt: () => keysFile.readAt });
}

function report({ logger, metrics }: Parts, what: string, isTaken: boolean, { refusal }: Reloadable<unknown>): void {
  metrics.reloads.inc({ what, outcome: isTaken ? 'taken' : 'refused' });
  if (isTaken) logger.info({ what }, 'reloaded');
  else logger.error({ what, ...refusal }, 'reload refused; the old one stays');
}
