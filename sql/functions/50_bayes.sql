-- Posterior probabilities of two variants.

-- P(B > A) for independent A ~ Beta(a_alpha, a_beta) and B ~ Beta(b_alpha, b_beta) with whole b_alpha, as an exact sum of
-- b_alpha terms; each term follows from the one before by a ratio of rational numbers.
-- Source: E. Miller, Formulas for Bayesian A/B Testing (2013), eq. 6.
CREATE OR REPLACE FUNCTION suuupra_beta_exceeds_sum AS (b_alpha, b_beta, a_alpha, a_beta) -> arrayMap(
    (s, r, u, w) -> least(1., arraySum(arrayMap(
        step -> exp(step + lgamma(w + r) + lgamma(u + w) - lgamma(u + w + r) - lgamma(w)),
        arrayConcat([toFloat64(0)], arrayCumSum(arrayMap(
            i -> log((u + i) * (r + i) / ((u + i + w + r) * (1 + i))),
            range(toUInt64(s - 1)))))))),
    [toFloat64(b_alpha)],
    [toFloat64(b_beta)],
    [toFloat64(a_alpha)],
    [toFloat64(a_beta)]
)[1];

-- P(B > A) for Beta variables with whole parameters: the sum above over the smallest of the four, by
-- P(B > A) = 1 - P(A > B) = P(1 - A > 1 - B) = 1 - P(1 - B > 1 - A).
CREATE OR REPLACE FUNCTION suuupra_beta_chance_to_beat AS (b_alpha, b_beta, a_alpha, a_beta) -> arrayMap(
    (q, smallest) -> arrayMap(
        (v, is_complement) -> abs(is_complement - suuupra_beta_exceeds_sum(v[1], v[2], v[3], v[4])),
        [multiIf(
            q[1] = smallest, q,
            q[3] = smallest, [q[3], q[4], q[1], q[2]],
            q[4] = smallest, [q[4], q[3], q[2], q[1]],
            [q[2], q[1], q[4], q[3]])],
        [q[1] != smallest AND q[4] != smallest OR q[3] = smallest AND q[1] != smallest]
    )[1],
    [[toFloat64(b_alpha), toFloat64(b_beta), toFloat64(a_alpha), toFloat64(a_beta)]],
    [least(toFloat64(b_alpha), toFloat64(b_beta), toFloat64(a_alpha), toFloat64(a_beta))]
)[1];

-- [P(B > A), E max(A - B, 0), E max(B - A, 0)]: the chance that B is greater, what is lost on average by choosing B, and
-- what by choosing A. Source: C. Stucchio, Bayesian A/B Testing at VWO (2015), by
-- x Beta(x; a, b) = a / (a + b) Beta(x; a + 1, b); all five chances in one expression, which keeps queries small.
CREATE OR REPLACE FUNCTION suuupra_beta_posterior AS (b_alpha, b_beta, a_alpha, a_beta) -> arrayMap(
    (b, c, a, d) -> arrayMap(
        (chances, b_mean, a_mean) -> [
            chances[1],
            greatest(0., a_mean * chances[2] - b_mean * (1 - chances[3])),
            greatest(0., b_mean * chances[3] - a_mean * (1 - chances[2]))],
        [arrayMap(
            v -> suuupra_beta_chance_to_beat(v[1], v[2], v[3], v[4]),
            [[b, c, a, d], [a + 1, d, b, c], [b + 1, c, a, d]])],
        [b / (b + c)],
        [a / (a + d)]
    )[1],
    [toFloat64(b_alpha)],
    [toFloat64(b_beta)],
    [toFloat64(a_alpha)],
    [toFloat64(a_beta)]
)[1];

-- P(D > 0) for D ~ N(difference, standard_error^2): the posterior of a difference of means under a flat prior.
CREATE OR REPLACE FUNCTION suuupra_normal_chance_to_beat AS (difference, standard_error) ->
    suuupra_normal_cdf(toFloat64(difference) / toFloat64(standard_error));

-- E max(-D, 0) for D ~ N(difference, standard_error^2): s (phi(z) - z (1 - Phi(z))) with z = difference / s.
CREATE OR REPLACE FUNCTION suuupra_normal_expected_loss AS (difference, standard_error) -> arrayMap(
    (z, s) -> greatest(0., s * (exp(-z * z / 2) / sqrt(2 * pi()) - z * erfc(z / sqrt(2)) / 2)),
    [toFloat64(difference) / toFloat64(standard_error)],
    [toFloat64(standard_error)]
)[1];
