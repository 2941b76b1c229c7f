-- p-values adjusted for a family of tests. `family` is the array of all p-values of the family, the adjusted one among them.

-- Holm (1979): the largest (m - smaller ones) * q over the q of the family up to p, at most 1.
CREATE OR REPLACE FUNCTION suuupra_holm AS (p, family) -> arrayMap(
    (v, ps) -> least(1., arrayMax(arrayMap(
        q -> if(q <= v, (length(ps) - arrayCount(r -> r < q, ps)) * q, 0.), ps))),
    [toFloat64(p)],
    [family]
)[1];

-- Benjamini and Hochberg (1995): the least m q / (number up to q) over the q of the family from p on, at most 1.
CREATE OR REPLACE FUNCTION suuupra_benjamini_hochberg AS (p, family) -> arrayMap(
    (v, ps) -> least(1., arrayMin(arrayMap(
        q -> if(q >= v, length(ps) * q / arrayCount(r -> r <= q, ps), 1.), ps))),
    [toFloat64(p)],
    [family]
)[1];
