import { run } from './life/run.ts';

await run(process.env);
