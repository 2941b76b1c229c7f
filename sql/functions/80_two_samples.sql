-- Two samples compared from their sufficient statistics.

-- Degrees of freedom of Welch's test from the variances of both means (s^2 / n) and both sizes. Source: Satterthwaite (1946).
CREATE OR REPLACE FUNCTION suuupra_welch_degrees_of_freedom AS (variance_a, n_a, variance_b, n_b) ->
    (variance_a + variance_b) * (variance_a + variance_b)
    / (variance_a * variance_a / (toFloat64(n_a) - 1) + variance_b * variance_b / (toFloat64(n_b) - 1));

-- Variance of variant / control - 1 by the delta method, from both values and the variances of both values.
CREATE OR REPLACE FUNCTION suuupra_lift_variance AS (variant, variance_variant, control, variance_control) ->
    variance_variant / (toFloat64(control) * control)
    + toFloat64(variant) * variant * variance_control / (toFloat64(control) * control * control * control);

-- Variance of the ratio of two means over n users by the delta method, from both means, variances (n - 1) and the covariance.
-- Source: Deng, Knoblich, Lu, Applying the Delta Method in Metric Analytics (2018).
CREATE OR REPLACE FUNCTION suuupra_ratio_variance AS (n, mean_numerator, mean_denominator, variance_numerator, variance_denominator, covariance) ->
    (variance_numerator
     - 2 * (mean_numerator / mean_denominator) * covariance
     + (mean_numerator / mean_denominator) * (mean_numerator / mean_denominator) * variance_denominator)
    / (toFloat64(n) * mean_denominator * mean_denominator);

-- Users per variant to find a change of a rate from p_control to p_variant: pooled variance under the null, unpooled under
-- the alternative, no continuity correction. Source: Fleiss, Statistical Methods for Rates and Proportions, 3rd ed., eq. 4.14.
CREATE OR REPLACE FUNCTION suuupra_required_users_rate AS (p_control, p_variant, alpha, power) -> arrayMap(
    (c, t, z) -> if(c = t OR t < 0 OR t > 1, nan, ceil(pow(
        -z[1] * sqrt((c + t) / 2 * (1 - (c + t) / 2) * 2) + z[2] * sqrt(c * (1 - c) + t * (1 - t)), 2) / pow(t - c, 2))),
    [toFloat64(p_control)],
    [toFloat64(p_variant)],
    [arrayMap(q -> suuupra_normal_quantile(q), [toFloat64(alpha) / 2, toFloat64(power)])]
)[1];

-- Users per variant to find a difference d of two means whose users have the variance v: (z + z)^2 2 v / d^2.
CREATE OR REPLACE FUNCTION suuupra_required_users_mean AS (variance, difference, alpha, power) -> arrayMap(
    (v, d, z) -> if(d = 0, nan, ceil((z[2] - z[1]) * (z[2] - z[1]) * 2 * v / (d * d))),
    [toFloat64(variance)],
    [toFloat64(difference)],
    [arrayMap(q -> suuupra_normal_quantile(q), [toFloat64(alpha) / 2, toFloat64(power)])]
)[1];
