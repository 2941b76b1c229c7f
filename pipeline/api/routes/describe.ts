/** Short forms of the schemas that describe routes. */

/** A parameter in the query of a URL. */
export const parameter = (name: string, description: string): Record<string, object> => ({
  [name]: { type: 'string', description },
});

const problem = { description: 'What was wrong', $ref: 'Problem#' };

/** Responses of a route that gives an object with a list. */
export const listOf = (name: string, item: Readonly<Record<string, string>>): object => ({
  200: {
    description: 'The list',
    type: 'object',
    additionalProperties: true,
    properties: {
      [name]: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: true,
          properties: Object.fromEntries(Object.entries(item).map(([key, type]) => [key, { type }])),
        },
      },
    },
  },
  default: problem,
});

/** Responses of a route that gives one object. */
export const objectOf = (description: string): object => ({
  200: { description, type: 'object', additionalProperties: true },
  default: problem,
});
