import { Listr, ListrLogger, type ListrTask, PRESET_TIMER } from 'listr2';

// What went wrong is told once, by the command, not again by every step around the one that failed.
class PlainLogger extends ListrLogger {
  override log(level: string, message: string | unknown[], options?: object): void {
    super.log(level as never, message, level === 'FAILED' ? undefined : options);
  }
}

/** Steps with their times: a live display on a terminal, a plain line for each elsewhere. */
export function steps<Context extends object>(tasks: ListrTask<Context>[]) {
  return new Listr<Context, 'default', 'simple'>(tasks, {
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false, showErrorMessage: false },
    fallbackRendererOptions: { timer: PRESET_TIMER, logger: new PlainLogger({ useIcons: true }) },
  });
}

/** How often a step tells of its progress where there is no terminal. */
const plainIntervalMilliseconds = 5000;

/** A function that shows what a step is doing: each line once, and without a terminal not too many. */
export function reporter(task: { output: string }, isTerminal = process.stdout.isTTY === true): (line: string) => void {
  let last = '';
  let shownAt = 0;
  return (line) => {
    const now = Date.now();
    if (line === last || (!isTerminal && now - shownAt < plainIntervalMilliseconds)) return;
    last = line;
    shownAt = now;
    task.output = line;
  };
}
