import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../common/errors.ts';

/** Starts to listen; the error of a port that is not available names it. */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new UserError(`Cannot listen on ${host} port ${port}: ${error.message}. PORT=… chooses another one`));
    });
    server.listen({ host, port }, () => resolve(server.address() as AddressInfo));
  });
}
