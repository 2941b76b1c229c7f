-- UUID version 5 of `kind:text` in the namespace of the project, as pipeline/contracts/ids.ts derives it.
-- Source: RFC 9562, 5.5: the first 16 bytes of SHA-1 over namespace and name, with the bits of version and variant set.
CREATE OR REPLACE FUNCTION suuupra_derived_id AS (kind, text) -> arrayElement(arrayMap(
    digits -> toUUID(concat(
        substring(digits, 1, 8), '-',
        substring(digits, 9, 4), '-5',
        substring(digits, 14, 3), '-',
        substring('89ab89ab89ab89ab', position('0123456789abcdef', substring(digits, 17, 1)), 1),
        substring(digits, 18, 3), '-',
        substring(digits, 21, 12)
    )),
    [lower(hex(substring(SHA1(concat(unhex('b6a0c1f48f2e5d3a9c472e5d7a1b9c30'), kind, ':', text)), 1, 16)))]
), 1);

-- The content of an event as a UUID: the id itself where it is one, else derived from it; the nil UUID for no content.
CREATE OR REPLACE FUNCTION suuupra_content_uuid AS (content_id) -> multiIf(
    isNull(content_id), toUUID('00000000-0000-0000-0000-000000000000'),
    match(assumeNotNull(content_id), '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'),
    toUUIDOrZero(assumeNotNull(content_id)),
    suuupra_derived_id('content', assumeNotNull(content_id))
);
