import { flushHandlers, type Play, type Task } from '../../../bootstrap/tasks/task.ts';

/** Returns a line for each task of a play, in their order. */
export function taskLines({ roles }: Play): string[] {
  return roles.flatMap(({ name, tasks }) =>
    tasks.map((task) => (task === flushHandlers ? `${name}: flush` : `${name}: ${taskLine(task as Task)}`)),
  );
}

/** Returns a line for each handler of a play, in their order. */
export function handlerLines({ handlers }: Play): string[] {
  return handlers.map(taskLine);
}

/** Returns the task or handler with a name. */
export function taskNamed({ roles, handlers }: Play, name: string): Task {
  const found = [...roles.flatMap(({ tasks }) => tasks), ...handlers].find(
    (task) => task !== flushHandlers && (task as Task).name === name,
  );
  if (found === undefined) throw new Error(`no task ${name}`);
  return found as Task;
}

function taskLine({ kind, name, notify = [], sensitive }: Task): string {
  const notified = notify.length > 0 ? ` -> ${notify.map((handler) => handler.name).join(', ')}` : '';
  return `${kind}: ${name}${sensitive ? ' (sensitive)' : ''}${notified}`;
}
