import { constants } from 'node:os';
import type { Logger } from 'pino';
import { LogDestination } from '../observe/log-destination.ts';
import { createLogger } from '../observe/logger.ts';
import { type Service, startService } from '../service.ts';
import { EnvironmentError, readSettings, type Settings } from '../settings.ts';
import { ServiceManager } from './notify.ts';

// EX_CONFIG of sysexits.h: a unit can exempt it from restarts, as trying again cannot help.
const badConfiguration = 78;
const failed = 1;

/** The whole life of the process: starts, reloads on SIGHUP, drains on SIGTERM or SIGINT, exits. Returns when it is ready. */
export async function run(environment: NodeJS.ProcessEnv): Promise<Service> {
  const settings = settingsOrExit(environment);
  const { logger, exit } = openLog(settings);
  const manager = new ServiceManager(environment, logger);
  const service = await startService(settings, logger).catch((error) => {
    logger.fatal(error, 'the service cannot start');
    return exit(failed);
  });
  stopOnSignals(service, manager, logger, exit);
  reloadOnSignal(service, manager);
  announce(service, settings, logger);
  await manager.ready(status(service));
  return service;
}

function settingsOrExit(environment: NodeJS.ProcessEnv): Settings {
  try {
    return readSettings(environment);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(badConfiguration);
  }
}

type Exit = (code: number) => Promise<never>;

// Log lines are gathered, so whoever ends the process has to write what is left. A reader that does not read has its time.
const lastLinesMilliseconds = 1000;

function openLog({ log }: Settings): { logger: Logger; exit: Exit } {
  const destination = new LogDestination(process.stdout);
  const exit = async (code: number) => {
    await destination.end(lastLinesMilliseconds);
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
      // Whoever asks twice does not want to wait for anything, the last lines of the log neither.
      if (isStopping) process.exit(128 + constants.signals[signal]);
      logger.info({ signal }, 'stopping');
      void stop(0);
    });
  }
  // What nobody caught may have left anything behind: what is in flight is answered, then the process gives up.
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

function announce(service: Service, { tls }: Settings, logger: Logger): void {
  const { address, metricsAddress } = service;
  const fields = { address, metricsAddress, scheme: tls ? 'https' : 'http', model: service.modelVersion() };
  logger.info(fields, 'ready');
}
