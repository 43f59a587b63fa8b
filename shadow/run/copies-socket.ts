import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';

/** A text of 2000 characters takes at most 12 KB as JSON; the service may allow longer ones. */
const longestLine = 1024 * 1024;

/** The UNIX socket on which the workers of this machine hand over copies, a line each. */
export class CopiesSocket {
  readonly #server: Server;
  readonly #connections = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens at a path; what a killed process has left there is removed. */
  static async open(path: string, onLine: (line: string) => void): Promise<CopiesSocket> {
    await rm(path, { force: true });
    const server = createServer();
    const socket = new CopiesSocket(server);
    server.on('connection', (connection) => socket.#take(connection, onLine));
    await once(server.listen(path), 'listening');
    // A connection that cannot be accepted is one that copies nothing.
    server.on('error', () => {});
    return socket;
  }

  /** Refuses new connections and ends those that are open: the workers copy nothing from now on. */
  close(): void {
    this.#server.close();
    for (const connection of this.#connections) connection.destroy();
  }

  #take(connection: Socket, onLine: (line: string) => void): void {
    this.#connections.add(connection);
    connection.on('close', () => this.#connections.delete(connection));
    connection.on('error', () => {});
    connection.setEncoding('utf8');
    let rest = '';
    connection.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
      if (rest.length > longestLine) connection.destroy();
    });
  }
}
