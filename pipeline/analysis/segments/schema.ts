import * as v from 'valibot';
import { commonEntries, integerSchema } from '../definitions/common.ts';
import { quoteFound, type DefinitionFault } from '../definitions/error.ts';
import { object } from '../definitions/object.ts';

/** In the order of their bytes, in which rows are sorted. */
export const SEGMENTS = ['casual', 'churn_risk', 'new', 'power'] as const;
export type Segment = (typeof SEGMENTS)[number];

const MAX_PAGE = 10_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const segmentsSchema = v.pipe(
  object({
    analysis: v.literal('segments'),
    ...commonEntries,
    members: v.optional(
      v.pipe(v.boolean(), v.description('The users of the day of `as_of`, a page of them, instead of sizes per day')),
      false,
    ),
    segment: v.optional(v.pipe(v.picklist(SEGMENTS), v.description('Members of this segment only'))),
    after: v.optional(
      v.pipe(
        v.string(),
        v.regex(UUID, 'the `user_id` of the last row of the page before'),
        v.description('Members behind this user'),
      ),
    ),
    limit: v.optional(v.pipe(integerSchema(1, MAX_PAGE), v.description('Members on a page')), 100),
  }),
  v.description('Users by how they come: new, at risk of leaving, power users, casual ones'),
);
export type SegmentsDefinition = v.InferOutput<typeof segmentsSchema>;

/** `segment` and `after` are about members. */
export function segmentsFaults({ members, segment, after }: SegmentsDefinition): DefinitionFault[] {
  if (members) return [];
  return Object.entries({ segment, after }).flatMap(([path, found]) =>
    found === undefined ? [] : [{ path, found: quoteFound(found), allowed: 'nothing unless `members` is true' }],
  );
}
