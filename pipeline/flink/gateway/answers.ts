import * as v from 'valibot';

// The answers of the SQL Gateway's REST API, as far as they are used.

export const Versions = v.object({ versions: v.array(v.string()) });
export const SessionOpened = v.object({ sessionHandle: v.string() });
export const OperationStarted = v.object({ operationHandle: v.string() });
export const Anything = v.unknown();

const Column = v.object({ name: v.string(), logicalType: v.object({ type: v.string(), nullable: v.boolean() }) });
const Row = v.object({ kind: v.string(), fields: v.array(v.unknown()) });

/** One page of a result. NOT_READY: ask again; PAYLOAD: rows, and where the next page is; EOS: no more rows. */
export const ResultPage = v.object({
  resultType: v.picklist(['NOT_READY', 'PAYLOAD', 'EOS']),
  resultKind: v.nullish(v.string()),
  jobID: v.nullish(v.string()),
  nextResultUri: v.nullish(v.string()),
  results: v.nullish(v.object({ columns: v.array(Column), data: v.array(Row) })),
});

export type ResultColumn = v.InferOutput<typeof Column>;
export type ResultRow = v.InferOutput<typeof Row>;
export type Page = v.InferOutput<typeof ResultPage>;
