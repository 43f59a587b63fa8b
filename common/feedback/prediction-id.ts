import { createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

/** What the id of a prediction says. */
export interface IdentifiedPrediction {
  /** When it was made, in whole seconds since 1970. */
  seconds: number;
  /** The release that has made it, 16 hexadecimal digits. */
  release: string;
  /** Makes the id different from all others, 16 hexadecimal digits. */
  nonce: string;
  /** What was answered. */
  intent: string;
}

// version, seconds, release, nonce; then the intent in UTF-8, and 128 bits of HMAC-SHA256 over all of it.
const version = 1;
const headBytes = 1 + 4 + 8 + 8;
const signatureBytes = 16;

/** Signs the ids of predictions, and tells those that it has signed from all others. Nothing is kept: an id holds all that it says. */
export class PredictionIds {
  readonly #key: KeyObject;

  /** `key` has 32 bytes. */
  constructor(key: Buffer) {
    this.#key = createSecretKey(key);
  }

  /** Makes an id, in base64url. */
  sign(release: string, intent: string, now = Date.now()): string {
    const payload = Buffer.allocUnsafe(headBytes + Buffer.byteLength(intent));
    payload.writeUInt8(version, 0);
    payload.writeUInt32BE(Math.floor(now / 1000), 1);
    payload.write(release, 5, 8, 'hex');
    randomBytes(8).copy(payload, 13);
    payload.write(intent, headBytes);
    return Buffer.concat([payload, this.#signatureOf(payload)]).toString('base64url');
  }

  /** Reads an id; undefined where this key has not signed it. */
  read(id: string): IdentifiedPrediction | undefined {
    const bytes = Buffer.from(id, 'base64url');
    // Other spellings of the same bytes are no ids.
    if (bytes.length <= headBytes + signatureBytes || bytes.toString('base64url') !== id) return undefined;
    const payload = bytes.subarray(0, -signatureBytes);
    if (payload[0] !== version || !timingSafeEqual(this.#signatureOf(payload), bytes.subarray(-signatureBytes)))
      return undefined;
    return {
      seconds: payload.readUInt32BE(1),
      release: payload.toString('hex', 5, 13),
      nonce: payload.toString('hex', 13, headBytes),
      intent: payload.toString('utf8', headBytes),
    };
  }

  #signatureOf(payload: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(payload).digest().subarray(0, signatureBytes);
  }
}
