import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import type { Logger } from 'pino';
import { LogDestination } from '../observe/log-destination.ts';
import { createLogger } from '../observe/logger.ts';
import { type Service, startService } from '../service.ts';
import { EnvironmentError, readSettings, type ServiceSettings } from '../settings.ts';
import { ServiceManager } from './notify.ts';

// EX_CONFIG of sysexits.h: a unit can exempt it from restarts, which cannot help.
const badConfiguration = 78;
const failed = 1;

export interface RunOptions {
  /** Receives why the service cannot start; without it, that is logged and the process ends. */
  onFailure?: (error: Error) => never;
  /** Where the log lines go. */
  output?: Writable;
}

/** Runs the service in this process: reloads on SIGHUP, drains on SIGTERM or SIGINT, exits. Returns when it is ready. */
export async function runService(
  environment: NodeJS.ProcessEnv,
  { onFailure, output = process.stdout }: RunOptions = {},
): Promise<Service> {
  const settings = settingsOrExit(environment);
  const { logger, exit } = openLog(settings, output);
  const manager = new ServiceManager(environment, logger);
  const service = await startService(settings, logger).catch((error) => {
    onFailure?.(error);
    logger.fatal(error, 'the service cannot start');
    return exit(failed);
  });
  stopOnSignals(service, manager, logger, exit);
  reloadOnSignal(service, manager);
  announce(service, settings, logger);
  await manager.ready(status(service));
  return service;
}

function settingsOrExit(environment: NodeJS.ProcessEnv): ServiceSettings {
  try {
    return readSettings(environment);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(badConfiguration);
  }
}

type Exit = (code: number) => Promise<never>;

// Log lines are buffered, so the rest is written before the process ends, within this time.
const flushMilliseconds = 1000;

function openLog({ log }: ServiceSettings, output: Writable): { logger: Logger; exit: Exit } {
  const destination = new LogDestination(output);
  const exit = async (code: number) => {
    await destination.end(flushMilliseconds);
    return process.exit(code);
  };
  return { logger: createLogger(log.level, destination), exit };
}

function stopOnSignals(service: Service, manager: ServiceManager, logger: Logger, exit: Exit): void {
  let isStopping = false;
  const stop = async (code: number) => {
    isStopping = true;
    await Promise.all([service.stop(), manager.stopping()]);
    logger.info('stopped');
    return exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A second signal waits for nothing, not even the last log lines.
      if (isStopping) process.exit(128 + constants.signals[signal]);
      logger.info({ signal }, 'stopping');
      void stop(0);
    });
  }
  // An uncaught error leaves an unknown state: requests in flight are answered, then the process exits.
  process.on('uncaughtException', (error) => {
    logger.fatal(error, 'unhandled error');
    void (isStopping ? exit(failed) : stop(failed));
  });
}

function reloadOnSignal(service: Service, manager: ServiceManager): void {
  let last: Promise<void> = Promise.resolve();
  const reload = async () => {
    await manager.reloading();
    await service.reload();
    await manager.ready(status(service));
  };
  process.on('SIGHUP', () => {
    last = last.then(reload);
  });
}

function status(service: Service): string {
  return `Serving model ${service.modelVersion()} on port ${service.address.port}`;
}

function announce(service: Service, { tls }: ServiceSettings, logger: Logger): void {
  const { address, metricsAddress } = service;
  logger.info({ address, metricsAddress, scheme: tls ? 'https' : 'http', model: service.modelVersion() }, 'ready');
}
