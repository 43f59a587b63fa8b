import { feedbackUnit, feedbackUser, paths, serviceUser } from '../paths.ts';
import type { ServiceHandlers } from '../plays/handlers.ts';
import type { ReleaseOnDisk, ServiceManifest } from '../release.ts';
import type { Role } from '../tasks/task.ts';
import { user } from '../tasks/user.ts';
import type { Variables } from '../variables.ts';
import { programTasks, untilWritten } from './program.ts';

/** Stores the feedback that workers take, and has the key by which they identify predictions before they start. */
export function feedbackRole(
  { manifest }: ReleaseOnDisk<ServiceManifest>,
  feedback: NonNullable<Variables['feedback']>,
  handlers: ServiceHandlers,
): Role {
  return {
    name: 'feedback',
    tasks: [
      user({ name: 'Add the service user, whose group takes feedback', user: serviceUser }),
      ...programTasks({
        ...{ title: 'feedback store', user: feedbackUser, unit: feedbackUnit, start: manifest.feedback },
        ...{ variables: { feedback, writers: serviceUser }, handlers, restart: handlers.restartFeedback },
      }),
      untilWritten({
        name: 'Wait until the key of predictions has been read',
        path: paths.predictionKey,
        unit: feedbackUnit,
      }),
    ],
  };
}
