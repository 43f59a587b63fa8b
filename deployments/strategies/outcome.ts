import type { Deployment, Track } from '../deployment.ts';

/** What comes next in a deployment. */
export type Outcome =
  /** Terraform applies this value, and then `next` is asked about it. */
  | { kind: 'apply'; deployment: Deployment; because: string }
  /** Nothing to do yet: `next` is asked again later. */
  | { kind: 'wait'; progress: string }
  /** The examples of the revision are asked of the track, past the weights; its health has the outcome. */
  | { kind: 'smoke-test'; track: Track }
  /** Waits for a person, for as long as it takes: the command may end. */
  | { kind: 'pause'; progress: string }
  /** The value is applied, and nothing is left to do. */
  | { kind: 'done'; deployment: Deployment }
  /** The same, after a deployment that failed or was aborted. */
  | { kind: 'rolled-back'; deployment: Deployment; reason: string }
  /** It cannot go back: the live track does not become healthy. The traffic stays where it is until the next command. */
  | { kind: 'stuck'; reason: string };
