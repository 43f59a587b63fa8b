import { renderTemplate } from '../templates.ts';
import { type FileSettings, fileOfKind } from './file.ts';
import type { Task } from './task.ts';

export interface TemplateSettings extends Omit<FileSettings, 'content'> {
  /** Name of the template below bootstrap/templates. */
  template: string;
  variables: object;
}

/** A file rendered from a template. It is rendered when the task is planned, so that a wrong one fails as this task. */
export function template(settings: TemplateSettings): Task {
  const { template: name, variables, ...rest } = settings;
  const task = fileOfKind('template', rest);
  return {
    ...task,
    plan: async (machine) =>
      fileOfKind('template', { ...rest, content: renderTemplate(name, variables) }).plan(machine),
  };
}
