import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { ApiContext } from '../context.ts';
import { deleteDefinition, listDefinitions, readDefinition, saveDefinition } from '../definitions/store.ts';
import { read } from '../requests/parameters.ts';
import { listOf, objectOf } from './describe.ts';

const nameParams = v.object({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,99}$/, 'must be 1 to 100 of a–z 0–9 _ -')),
});

const FIELDS = { name: 'string', origin: 'string', definition: 'object' };

/** Definitions under names: those of the repository to read, those of users to keep. */
export function definitionRoutes(app: FastifyInstance, { warehouse }: ApiContext): void {
  app.get(
    '/definitions',
    {
      config: { scope: 'read' },
      schema: { summary: 'All definitions that have a name', response: listOf('definitions', FIELDS) },
    },
    async () => ({ definitions: await listDefinitions(warehouse) }),
  );
  app.get(
    '/definitions/:name',
    { config: { scope: 'read' }, schema: { summary: 'One definition', response: objectOf('The definition') } },
    async (request) => readDefinition(warehouse, read(nameParams, request.params).name),
  );
  app.put(
    '/definitions/:name',
    {
      config: { scope: 'save' },
      schema: {
        summary: 'Save a definition under a name; it is checked first',
        body: { $ref: 'Definition#' },
        response: objectOf('The definition as it is saved'),
      },
    },
    async (request) =>
      saveDefinition(warehouse, read(nameParams, request.params).name, request.body, request.principal.name),
  );
  app.delete(
    '/definitions/:name',
    {
      config: { scope: 'save' },
      schema: {
        summary: 'Delete a definition that a user saved',
        response: { 204: { description: 'It is gone', type: 'null' }, default: { $ref: 'Problem#' } },
      },
    },
    async (request, reply) => {
      await deleteDefinition(warehouse, read(nameParams, request.params).name, request.principal.name);
      return reply.status(204).send();
    },
  );
}
