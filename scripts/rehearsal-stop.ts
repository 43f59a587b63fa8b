import { existsSync } from 'node:fs';
import { removeCloud } from '../rehearsal/stop.ts';
import { createCommand, run } from './command-line/command.ts';
import { holdPlace } from './steps/hold.ts';
import { ownPlace } from './steps/own-rehearsal.ts';

const program = createCommand(
  'rehearsal-stop',
  'Stop what `make rehearsal` has started, and remove all that was built in it. NAME=<name> chooses one of several.',
).action(async () => {
  const place = ownPlace();
  const wasThere = await holdPlace(place, 'make rehearsal-stop', async () => {
    const isThere = existsSync(place.folder);
    await removeCloud(place);
    return isThere;
  });
  console.error(wasThere ? 'The rehearsal is gone, with all that was built in it.' : 'There was no rehearsal.');
});

await run(program);
