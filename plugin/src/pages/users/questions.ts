import purchaseFunnel from '../../../../definitions/purchase-funnel.json';

export type Definition = Readonly<Record<string, unknown>>;

/** Definitions to ask why of; anything else can be written as JSON. */
export const QUESTIONS: Readonly<Record<string, Definition>> = {
  'Purchase funnel': purchaseFunnel,
  'Purchase funnel within a session': { ...purchaseFunnel, unit: 'session' },
  'Active days': { analysis: 'activity' },
  Sessions: { analysis: 'sessions' },
  'Content engagement': { analysis: 'engagement' },
  Revenue: { analysis: 'revenue' },
  Segments: { analysis: 'segments' },
};

const asText = (definition: Definition): string => JSON.stringify(definition);

/** The name that a definition has here; undefined for one of somebody's own. */
export const nameOf = (definition: Definition): string | undefined =>
  Object.keys(QUESTIONS).find((name) => asText(QUESTIONS[name] ?? {}) === asText(definition));

/**
 * Reads a definition from an address or a field.
 * @throws Error in words, if it is none
 */
export function readDefinition(text: string | undefined): Definition {
  if (text === undefined || text.trim() === '') return purchaseFunnel;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new Error(`This is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error('A definition is a JSON object, such as {"analysis": "sessions"}');
  return parsed as Definition;
}
