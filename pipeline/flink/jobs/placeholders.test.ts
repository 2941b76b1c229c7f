import { describe, expect, it } from 'vitest';
import { fillPlaceholders } from './placeholders.ts';

describe('fillPlaceholders', () => {
  it('fills in string literals that a value cannot end', () => {
    const values = new Map([['topic:events', "a', 'connector' = 'print"]]);
    expect(fillPlaceholders("'topic' = {{topic:events}}", values, 'x.sql')).toBe(
      "'topic' = 'a'', ''connector'' = ''print'",
    );
  });

  it('fills in a value that looks like a placeholder or a pattern as it is', () => {
    expect(fillPlaceholders('{{a}}', new Map([['a', '{{b}} $&']]), 'x.sql')).toBe("'{{b}} $&'");
  });

  it('names the file and what is known for a name that is not', () => {
    expect(() => fillPlaceholders('{{brokers}}', new Map([['kafka_brokers', 'x']]), 'x.sql')).toThrow(
      'x.sql: {{brokers}} is no placeholder; there are kafka_brokers',
    );
  });
});
