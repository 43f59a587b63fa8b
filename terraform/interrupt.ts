/**
 * Has Ctrl-C interrupt Terraform instead of this process, until the returned function is called: Terraform finishes what
 * it is doing and saves the state, and this process waits for that.
 */
export function passInterruptOn(interrupt: () => void): () => void {
  const listeners = process.rawListeners('SIGINT') as NodeJS.SignalsListener[];
  const pass = () => {
    console.error('\nInterrupted: Terraform finishes what it is doing and saves the state …');
    interrupt();
  };
  process.removeAllListeners('SIGINT');
  process.once('SIGINT', pass);
  return () => {
    process.removeListener('SIGINT', pass);
    for (const listener of listeners) process.on('SIGINT', listener);
  };
}
