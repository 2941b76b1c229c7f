import type { EventField, EventSchema, PropertyKind } from './schema.ts';

const FORMS: Record<PropertyKind, string> = {
  text: 'string',
  number: 'number',
  decimal: 'number with at most 6 decimals and 12 digits before the point, kept exactly',
};

const fieldForm = ({ name, optional, logicalType }: EventField): string => {
  if (name === 'properties') return 'object';
  const form = logicalType === 'uuid' ? 'UUID' : logicalType === 'timestamp-millis' ? 'moment' : 'string';
  return optional ? `${form} or null` : form;
};

/** docs/events.md: the catalogue of fields and properties, and the rules by which the contract may change. */
export function renderEventsPage({ fields, properties }: EventSchema): string {
  return `# Events

<!-- Generated from pipeline/contracts/schemas/event.avsc by \`npm run generate\`. -->

An event says what a user did and when. In files and HTTP requests it is one JSON object, on Kafka an Avro record under
the subject \`events-value\`; nothing is lost on the way from one to the other.

\`\`\`json
{
  "event_id": "3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001",
  "event_type": "purchase",
  "user_id": "9b2f6f0e-55d1-4a43-8f0e-0d7d3c1a2b4c",
  "session_id": "s-81",
  "content_id": "film-7",
  "timestamp": "2026-03-01T09:30:00.125Z",
  "properties": { "order_id": "o-12", "amount": 19.99, "currency": "EUR", "coupon": "SPRING" }
}
\`\`\`

## Fields

| field | form | meaning |
|---|---|---|
${fields.map((field) => `| \`${field.name}\` | ${fieldForm(field)} | ${field.doc} |`).join('\n')}

- A UUID is written with hyphens, in either case; it is stored in lower case. Foreign ids become UUID version 5 in the
  namespace of the project (\`derivedId\` in \`@suuupra/contracts\`).
- A moment is \`YYYY-MM-DDThh:mm:ss\`, an optional fraction, and \`Z\` or \`+00:00\`, from 1970 to 2099. Digits of the fraction
  after the third must be zeros: what is finer than a millisecond is refused and not rounded. Other offsets, a moment
  without one and days that the calendar does not have are refused.
- \`session_id\`, \`content_id\`, \`received_at\` and \`properties\` may be absent. Any other field is refused: nothing is dropped in
  silence.

## Properties

Values are strings, finite numbers and booleans; a property that is null is the same as an absent one. These have a field
of their own in the contract and a column in \`events\`:

| property | form | meaning |
|---|---|---|
${properties.map(({ name, kind, doc }) => `| \`${name}\` | ${FORMS[kind]} | ${doc} |`).join('\n')}

Every other property travels as JSON and is stored in the column \`properties\`, and so does one of the above whose value is of
another form: analyses find it there. Texts stay texts, also where they look like dates.

## What becomes of a wrong event

The producer library refuses it with the path of the field, what was found and what is allowed (\`event_invalid\`). A message
of somebody else's that breaks a rule goes to \`dead_letters\` with the reason \`contract_violation\`, the rule and the record.

## How the contract changes

Compatibility is BACKWARD: a reader of the new contract reads everything that was written under the old ones.

1. Add the optional property (a union with null, default null, with a \`doc\`) to the record \`Properties\` in
   \`pipeline/contracts/schemas/event.avsc\`. This is the only file that is edited.
2. \`npm run generate\` writes the types, the migration that gives ClickHouse the column, and this page. Commit them together.
3. \`suuupra contracts check\` asks the registry whether it would take the contract.
4. \`suuupra migrate apply\`, then \`suuupra contracts register\`, in this order: before the column exists ClickHouse would read
   over the property without a word. Only then can a producer with the new contract start.

A field is never renamed or removed and never changes its type: give the new meaning a new name. \`lowCardinality\` on a text
says that its values repeat much (a country, not an address).
`;
}
