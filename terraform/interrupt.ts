/**
 * Passes the next Ctrl-C to Terraform instead of ending this process, until the returned function is called: Terraform
 * finishes the current operations and saves the state, and this process waits for that.
 */
export function passInterruptOn(interrupt: () => void): () => void {
  const listeners = process.rawListeners('SIGINT') as NodeJS.SignalsListener[];
  const pass = () => {
    console.error('\nInterrupted: Terraform finishes its current operations and saves the state …');
    interrupt();
  };
  process.removeAllListeners('SIGINT');
  process.once('SIGINT', pass);
  return () => {
    process.removeListener('SIGINT', pass);
    for (const listener of listeners) process.on('SIGINT', listener);
  };
}
