/** Digits after the point, and in all, of the decimal of the contract. */
const SCALE = 6;
const LIMIT = 10n ** 18n;

const PLAIN = /^(-?)(\d+)(?:\.(\d{1,6}))?$/;

/**
 * The unscaled value of a number that is written with at most 6 decimals and 18 digits.
 * The way goes through the shortest decimal text, never through a multiplication of doubles: 19.99 is exactly 19990000.
 * @returns undefined where the number needs more decimals or digits
 */
export function unscaled(value: number): bigint | undefined {
  const match = PLAIN.exec(String(value));
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return digits < LIMIT ? (sign === '-' ? -digits : digits) : undefined;
}

/** An unscaled value as plain text with all its decimals: `-19.990000`. */
export function decimalText(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
}

/** Avro's decimal on bytes: the least number of bytes of big-endian two's complement. */
export function toBytes(value: bigint): Buffer {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length += 1;
  return Buffer.from(
    BigInt.asUintN(length * 8, value)
      .toString(16)
      .padStart(length * 2, '0'),
    'hex',
  );
}

export function fromBytes(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
}
