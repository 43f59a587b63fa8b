/** A part of the fleet, as a fraction that keeps machines whole: 2 of 4 machines, 25 of 100 percent. */
export interface Share {
  part: number;
  of: number;
}

/** A step of a strategy: one apply, and what is waited for after it. */
export type Step =
  /** The new track loses the machines of another revision, which it has kept warm. */
  | { kind: 'empty' }
  /** The live track loses its machines, and the stage does not serve. */
  | { kind: 'stop' }
  /** The machines of the live track ask the new release, too, until a person lets it go on. */
  | { kind: 'shadow' }
  /** The new track gets the machines for a share of the traffic. */
  | { kind: 'grow'; share: Share }
  /**
   * The new track takes a share of the traffic, in percent, for a bake of some seconds; then a person may have to let it go on.
   * `sticky`: each client stays at the track that it has got.
   */
  | { kind: 'weight'; percent: number; bakeSeconds: number; pause: boolean; sticky: boolean }
  /** The live track keeps the machines for what the new one, with this share of the traffic, leaves to it. */
  | { kind: 'shrink'; share: Share }
  /** The new track becomes the live one, and the old one loses its machines or keeps them warm. */
  | { kind: 'finish'; warm: boolean };

export const everything: Share = { part: 1, of: 1 };
export const grow: Step = { kind: 'grow', share: everything };
export const finish: Step = { kind: 'finish', warm: false };

/** All traffic to the new track. */
export function takeAll(bakeSeconds: number): Step {
  return { kind: 'weight', percent: 100, bakeSeconds, pause: false, sticky: false };
}
