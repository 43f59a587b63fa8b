import { renderTemplate } from '../templates.ts';
import { type FileSettings, planFileChange } from './file.ts';
import { type Task, taskOf } from './task.ts';

export interface TemplateSettings extends Omit<FileSettings, 'content'> {
  /** Name of the template below bootstrap/templates. */
  template: string;
  variables: object;
}

/** A file rendered from a template, which gets the machine's facts, too. It is rendered when the task is planned, so that an error belongs to the task. */
export function template(settings: TemplateSettings): Task {
  const { template: name, variables, ...rest } = settings;
  return taskOf('template', settings, async (machine, facts) =>
    planFileChange(machine, { ...rest, content: renderTemplate(name, { facts, ...variables }) }),
  );
}
