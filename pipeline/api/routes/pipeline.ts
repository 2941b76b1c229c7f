import { jobsStatus } from '@suuupra/flink';
import { audit, listDeadLetters, readDeadLetter, type DeadLetter } from '@suuupra/ledger';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { ApiContext } from '../context.ts';
import { read, text, wholeNumber } from '../requests/parameters.ts';
import { listOf, objectOf, parameter } from './describe.ts';

const listQuery = v.strictObject({
  reason: v.optional(text(100)),
  topic: v.optional(text(249)),
  limit: wholeNumber(1, 1000, 100),
});
const offset = v.pipe(v.string(), v.regex(/^\d{1,19}$/, 'must be an offset'));
const address = v.object({ topic: text(249), partition: offset, offset });

const letter = ({ offset: at, kafkaTimestamp, messageKey, insertedAt, ...rest }: DeadLetter): object => ({
  ...rest,
  // Beyond what a JSON number holds.
  offset: String(at),
  kafka_timestamp: kafkaTimestamp,
  message_key: messageKey,
  inserted_at: insertedAt,
});

/** JSON of what has offsets in it. */
const withTexts = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item)));

/** How the pipeline does, and messages as they came: for those who operate it. */
export function pipelineRoutes(app: FastifyInstance, { config, warehouse }: ApiContext): void {
  app.get(
    '/dead-letters',
    {
      config: { scope: 'operate' },
      schema: {
        summary: 'Messages that could not become events, the newest first',
        querystring: {
          ...parameter('reason', 'Only of this reason'),
          ...parameter('topic', 'Only of this topic'),
          ...parameter('limit', 'Most entries, 1 to 1000; default 100'),
        },
        response: listOf('dead_letters', { topic: 'string', partition: 'integer', offset: 'string', reason: 'string' }),
      },
    },
    async (request) => {
      const { limit, reason, topic } = read(listQuery, request.query);
      const filter = { limit, ...(reason === undefined ? {} : { reason }), ...(topic === undefined ? {} : { topic }) };
      return { dead_letters: (await listDeadLetters(warehouse, filter)).map(letter) };
    },
  );
  app.get(
    '/dead-letters/:topic/:partition/:offset',
    {
      config: { scope: 'operate' },
      schema: {
        summary: 'One of them with its message (base64), and what could be decoded of it',
        response: objectOf('The dead letter'),
      },
    },
    async (request) => {
      const { topic, partition, offset: at } = read(address, request.params);
      const where = { topic, partition: Number(partition), offset: BigInt(at) };
      const { message, record, ...rest } = await readDeadLetter(config, warehouse, where);
      return { ...letter(rest), message: message?.toString('base64') ?? null, record: record ?? null };
    },
  );
  app.get(
    '/jobs',
    {
      config: { scope: 'operate' },
      schema: {
        summary: 'The Flink jobs: state, lag, watermark, checkpoints',
        response: listOf('jobs', { name: 'string', state: 'string' }),
      },
    },
    async () => ({ jobs: await jobsStatus(config) }),
  );
  app.get(
    '/audit',
    {
      config: { scope: 'operate' },
      schema: {
        summary: 'Whether each offset of each partition is accounted for; offsets are texts',
        response: listOf('partitions', { topic: 'string', partition: 'integer', stored: 'string' }),
      },
    },
    async () => withTexts(await audit(config)),
  );
}
