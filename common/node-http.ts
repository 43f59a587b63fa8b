import { createRequire } from 'node:module';

/**
 * Node's HTTP module. An `import` reads every export, which loads Node's WebSocket client too: 13 MB of memory and 20 ms of
 * each start.
 */
export const http: typeof import('node:http') = createRequire(import.meta.url)('node:http');
