/**
 * The subword pieces that token vectors belong to: a byte-fallback BPE vocabulary. A piece's id is its place in `names`.
 */
export interface Pieces {
  /** Pieces as text: `▁` stands for a space, `<0x0A>` for a byte that is no piece as a character. */
  readonly names: readonly string[];
  /** Three ids for each merge, the first merge first: the left piece, the right one, and the piece that they become. */
  readonly merges: Int32Array;
  /** The ids of pieces that a text is split at before anything else, such as `</s>`. */
  readonly special: readonly number[];
}
