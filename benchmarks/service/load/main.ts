import { text } from 'node:stream/consumers';
import { generateLoad, type Load } from './generate.ts';

// A process of its own, so that it can be pinned to other cores than the server: a load as JSON in, its result out.
const load = JSON.parse(await text(process.stdin)) as Load;
process.stdout.write(JSON.stringify(await generateLoad(load)));
