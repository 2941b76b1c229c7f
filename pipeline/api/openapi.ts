import { definitionSchema } from '@suuupra/analysis/generate';
import type { FastifyInstance } from 'fastify';

const nullable = (type: string, description: string) => ({ type: [type, 'null'], description });

/** Schemas that routes refer to. Definitions come from the compiler's own schema. */
export function addSchemas(app: FastifyInstance): void {
  app.addSchema({ ...definitionSchema(), $id: 'Definition', $schema: undefined });
  app.addSchema({
    $id: 'Answer',
    type: 'object',
    required: ['analysis', 'definition', 'rows', 'meta'],
    properties: {
      analysis: { type: 'string' },
      definition: { type: 'object', additionalProperties: true, description: 'Normalised, all defaults filled in' },
      rows: { type: 'array', items: { type: 'object', additionalProperties: true } },
      meta: {
        type: 'object',
        additionalProperties: true,
        required: ['complete_until', 'rows_read', 'bytes_read', 'elapsed_ms', 'truncated', 'warnings'],
        properties: {
          complete_until: nullable('string', 'Up to when all events have arrived'),
          rows_read: { type: 'integer' },
          bytes_read: { type: 'integer' },
          elapsed_ms: { type: 'integer' },
          truncated: { type: 'boolean', description: 'Whether rows were left off' },
          warnings: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  });
  app.addSchema({
    $id: 'Problem',
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'detail', 'hint', 'request_id'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string' },
      detail: { type: 'string' },
      hint: { type: 'string' },
      request_id: { type: 'string' },
      faults: {
        type: 'array',
        items: {
          type: 'object',
          properties: { path: { type: 'string' }, found: { type: 'string' }, allowed: { type: 'string' } },
        },
      },
    },
  });
}
