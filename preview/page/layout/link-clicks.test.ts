import { expect, it, vi } from 'vitest';
import { inPage } from './link-clicks.ts';

// Only inPage is tried here; the package itself needs a browser, and preview.browser.test.ts clicks real links.
vi.mock('@grafana/runtime', () => ({ locationService: undefined }));

it.each([
  ['/d/funnels?from=now-1h#a', { address: '/d/funnels?from=now-1h#a' }],
  ['d/funnels', { address: '/d/funnels' }],
  ['http://127.0.0.1:3001/d/x', { address: '/d/x' }],
  ['#', { fragment: '' }],
  ['#part', { fragment: 'part' }],
  ['https://example.org/', undefined],
  ['mailto:a@example.org', undefined],
])('a link to %s leads to %o', (href, target) => {
  expect(inPage(href, 'http://127.0.0.1:3001')).toEqual(target);
});
