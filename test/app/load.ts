/** Clients that send requests in a loop until they are stopped. */
export interface Load {
  /** The number of requests by outcome. */
  outcomes: Map<string, number>;
  stop: () => Promise<void>;
}

/** Starts clients; each sends its request again and again, and stops by itself when the outcome is undefined. */
export function startLoad(clients: readonly (() => Promise<string | undefined>)[]): Load {
  const outcomes = new Map<string, number>();
  let isOn = true;
  const running = clients.map(async (send) => {
    while (isOn) {
      const outcome = await send();
      if (outcome === undefined) return;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  });
  const stop = async () => {
    isOn = false;
    await Promise.all(running);
  };
  return { outcomes, stop };
}
