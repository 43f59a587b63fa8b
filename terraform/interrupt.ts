const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Signal = (typeof signals)[number];

/**
 * Passes signals that would end this process to Terraform instead, until the returned function is called: Terraform
 * finishes the current operations and saves the state, and this process waits for that. The second signal only says what
 * a third one costs, which makes Terraform stop at once.
 */
export function passSignalsOn(interrupt: (signal: Signal) => void): () => void {
  const listeners = signals.map(
    (signal) => [signal, process.rawListeners(signal) as NodeJS.SignalsListener[]] as const,
  );
  let received = 0;
  const pass = (signal: Signal) => {
    received++;
    console.error(messages[Math.min(received, messages.length) - 1]);
    if (received !== 2) interrupt(signal);
  };
  for (const signal of signals) process.removeAllListeners(signal).on(signal, pass);
  return () => {
    for (const [signal, former] of listeners) {
      process.removeListener(signal, pass);
      for (const listener of former) process.on(signal, listener);
    }
  };
}

const messages = [
  '\nInterrupted: Terraform finishes its current operations and saves the state …',
  '\nTerraform still works. A third signal ends it at once: what it is creating is then missing in the state, and the next command has to find it.',
  '\nTerraform is ended at once.',
];
