import { runService } from './life/run.ts';

await runService(process.env);
