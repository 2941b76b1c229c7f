import { expect, test } from 'vitest';
import { parseJavaVersion } from './java.ts';

test.each([
  ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
  ['java version "1.8.0_392"', 8],
  ['openjdk version "21" 2023-09-19', 21],
  ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "25.0.1"', 25],
  ['command not found', undefined],
])('%j is Java %s', (text, version) => {
  expect(parseJavaVersion(text)).toBe(version);
});
