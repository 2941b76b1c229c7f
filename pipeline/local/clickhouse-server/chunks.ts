/** Bytes that come piece by piece. */
export interface Chunks {
  /** The next piece; undefined at the end. */
  next(): Promise<Buffer | undefined>;
}

/** Bytes that are there already. */
export function chunksOf(...pieces: Buffer[]): Chunks {
  const left = pieces.filter((piece) => piece.length > 0);
  return { next: () => Promise.resolve(left.shift()) };
}

/** One after the other. */
export function concatChunks(first: Chunks, second: Chunks): Chunks {
  return { next: async () => (await first.next()) ?? second.next() };
}
