import { existsSync } from 'node:fs';
import { removeCloud } from '../rehearsal/stop.ts';
import { createCommand, run } from './command-line/command.ts';
import { ownPlace } from './steps/own-rehearsal.ts';

const program = createCommand(
  'rehearsal-stop',
  'Stop what `make rehearsal` has started, and remove all that was built in it. NAME=<name> chooses one of several.',
).action(async () => {
  const place = ownPlace();
  const wasThere = existsSync(place.folder);
  await removeCloud(place);
  console.error(wasThere ? 'The rehearsal is gone, with all that was built in it.' : 'There was no rehearsal.');
});

await run(program);
