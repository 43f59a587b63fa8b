import { reporter, steps } from './progress.ts';

/** Shows what is waited for between two steps: a step of its own, from its first line until it is closed. */
export class WaitDisplay {
  #open: { report: (line: string) => void; close: () => void; closed: Promise<unknown> } | undefined;

  /** Shows a line under `title`. */
  report(title: string, line: string): void {
    this.#open ??= openStep(title);
    this.#open.report(line);
  }

  /** Ends the step that is shown, if there is one. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    open?.close();
    await open?.closed;
  }
}

function openStep(title: string) {
  const end = Promise.withResolvers<void>();
  let report: ((line: string) => void) | undefined;
  let first: string | undefined;
  const closed = steps([
    {
      title,
      task: (_, task) => {
        report = reporter(task);
        if (first !== undefined) report(first);
        return end.promise;
      },
    },
  ]).run();
  return {
    // The step starts a moment after it was made.
    report: (line: string) => {
      if (report) report(line);
      else first = line;
    },
    close: end.resolve,
    closed,
  };
}
