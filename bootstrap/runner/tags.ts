import { flushHandlers, type Play, type Role, type Task } from '../tasks/task.ts';

/** A task and the role that it belongs to. */
interface RoleTask {
  role: string;
  task: Task;
}

/** The tasks of a role. */
function tasksOf({ name, tasks }: Role): RoleTask[] {
  return tasks.flatMap((task) => (task === flushHandlers ? [] : [{ role: name, task: task as Task }]));
}

/** The tags of a task: its role's name and its own. */
function tagsOf({ role, task }: RoleTask): string[] {
  return [role, ...(task.tags ?? [])];
}

/** True where no tags are chosen or the task has one of them. */
export function isChosen(task: RoleTask, tags: readonly string[] | undefined): boolean {
  return tags === undefined || tagsOf(task).some((tag) => tags.includes(tag));
}

/** Refuses tags that no task has. */
export function refuseUnknownTags({ roles }: Play, tags: readonly string[] = []): void {
  const known = [...new Set(roles.flatMap(tasksOf).flatMap(tagsOf))].sort();
  const unknown = tags.find((tag) => !known.includes(tag));
  if (unknown !== undefined) throw new Error(`--tags: expected some of ${known.join(', ')}, got ${unknown}.`);
}

/** One line for each chosen task with its tags, then one for each handler. */
export function listTasks(play: Play, tags?: readonly string[]): string[] {
  refuseUnknownTags(play, tags);
  const chosen = play.roles.flatMap(tasksOf).filter((task) => isChosen(task, tags));
  return [
    ...chosen.map((task) => `${task.role}: ${task.task.name}  [${tagsOf(task).join(', ')}]`),
    ...play.handlers.map(({ name }) => `handler: ${name}`),
  ];
}
