import { Listr, ListrLogger, type ListrTask, PRESET_TIMER } from 'listr2';

// Omits the errors of steps: the command reports an error once.
class PlainLogger extends ListrLogger {
  override log(level: string, message: string | unknown[], options?: object): void {
    super.log(level as never, message, level === 'FAILED' ? undefined : options);
  }
}

/** Returns whether lines can be renewed in place: a terminal that has no width (a serial console, some CI) would wrap each character. */
export function isLive({ isTTY, columns }: { isTTY?: boolean; columns?: number } = process.stdout): boolean {
  return isTTY === true && columns !== 0;
}

/** Runs steps and shows their times: a live display on a terminal, plain lines elsewhere. */
export function steps<Context extends object>(tasks: ListrTask<Context>[]) {
  return new Listr<Context, 'default', 'simple'>(tasks, {
    registerSignalListeners: false,
    fallbackRendererCondition: () => !isLive(),
    rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false, showErrorMessage: false },
    fallbackRendererOptions: { timer: PRESET_TIMER, logger: new PlainLogger({ useIcons: true }) },
  });
}

/** Returns a function that prints a line unless it was the last one that it has printed. */
export function distinctLines(print: (line: string) => void): (line: string) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== last) print(line);
    last = line;
  };
}

// The interval between two progress lines of a step without a terminal.
const plainIntervalMilliseconds = 5000;

/** Returns a function that shows the progress of a step: no line twice, and without a terminal at intervals. */
export function reporter(task: { output: string }, isTerminal = isLive()): (line: string) => void {
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
