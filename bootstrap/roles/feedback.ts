import { feedbackUnit, feedbackUser, paths, serviceUser } from '../paths.ts';
import type { ServiceHandlers } from '../plays/handlers.ts';
import type { ReleaseOnDisk, ServiceManifest } from '../release.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { unit } from '../tasks/unit.ts';
import { user } from '../tasks/user.ts';
import { wait } from '../tasks/wait.ts';
import type { Variables } from '../variables.ts';

/** Stores the feedback that workers take, and has the key by which they identify predictions before they start. */
export function feedbackRole(
  release: ReleaseOnDisk<ServiceManifest>,
  feedback: NonNullable<Variables['feedback']>,
  handlers: ServiceHandlers,
): Role {
  return {
    name: 'feedback',
    tasks: [
      user({ name: 'Add the service user, whose group takes feedback', user: serviceUser }),
      user({ name: "Add the feedback store's user", user: feedbackUser }),
      unitFile(release, feedback, handlers),
      flushHandlers,
      unit({ name: 'Start the feedback store', units: [feedbackUnit] }),
      wait({
        name: 'Wait until the key of predictions has been read',
        until: ['test', '-s', paths.predictionKey],
        seconds: 60,
        explain: ['journalctl', '--no-pager', '--lines', '20', '--unit', feedbackUnit],
      }),
    ],
  };
}

function unitFile(
  { manifest }: ReleaseOnDisk<ServiceManifest>,
  feedback: NonNullable<Variables['feedback']>,
  handlers: ServiceHandlers,
): Task {
  return template({
    name: "Write the feedback store's unit",
    template: 'intent-fleet-feedback.service.njk',
    path: `/etc/systemd/system/${feedbackUnit}`,
    variables: { feedback, start: manifest.feedback, paths, user: feedbackUser, writers: serviceUser },
    mode: 0o644,
    validate: (candidate) => ['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', candidate],
    notify: [handlers.reloadSystemd, handlers.restartFeedback],
  });
}
