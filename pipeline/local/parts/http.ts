import { SuuupraError } from '@suuupra/core';

const TIMEOUT_MS = 2000;

/** The answer of a GET request, or undefined where there is none yet or it is not a success. */
export async function get(url: string): Promise<Response | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.ok) return response;
    await response.body?.cancel();
    return undefined;
  } catch {
    return undefined; // refused, reset or too slow: not an answer
  }
}

/** Whether a GET request succeeds. */
export async function answers(url: string): Promise<boolean> {
  const response = await get(url);
  await response?.body?.cancel();
  return response !== undefined;
}

/** @throws SuuupraError part_failed */
export async function putJson(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) throw new SuuupraError('part_failed', `PUT ${url} answered ${String(response.status)}: ${text}`);
}
