-- What a number of users can find: the functions of required users (80_two_samples.sql) the other way round.

-- The smallest increase of a rate from p_control that `users` per variant find: where required users are `users`. NaN where
-- not even certainty differs enough. Source: Fleiss, eq. 4.14, by bisection; 60 halvings leave no digit of a double.
CREATE OR REPLACE FUNCTION suuupra_detectable_effect_rate AS (p_control, users, alpha, power) -> arrayMap(
    (c, n, z, w) -> if(
        isNaN(c) OR isNaN(n) OR c < 0 OR c >= 1
        OR z * sqrt((1 + c) / 2 * (1 - c)) + w * sqrt(c * (1 - c)) > (1 - c) * sqrt(n), nan,
        arrayFold(
            (acc, i) -> if(
                z * sqrt((2 * c + (acc.1 + acc.2) / 2) / 2 * (1 - (2 * c + (acc.1 + acc.2) / 2) / 2) * 2)
                + w * sqrt(c * (1 - c) + (c + (acc.1 + acc.2) / 2) * (1 - c - (acc.1 + acc.2) / 2))
                > (acc.1 + acc.2) / 2 * sqrt(n),
                ((acc.1 + acc.2) / 2, acc.2),
                (acc.1, (acc.1 + acc.2) / 2)),
            range(60),
            (toFloat64(0), 1 - c)
        ).2),
    [toFloat64(p_control)],
    [toFloat64(users)],
    [-suuupra_normal_quantile(toFloat64(alpha) / 2)],
    [suuupra_normal_quantile(toFloat64(power))]
)[1];

-- The smallest difference of two means that `users` per variant find, whose users have the variance v: (z + z) sqrt(2 v / n).
CREATE OR REPLACE FUNCTION suuupra_detectable_effect_mean AS (variance, users, alpha, power) ->
    (suuupra_normal_quantile(toFloat64(power)) - suuupra_normal_quantile(toFloat64(alpha) / 2))
    * sqrt(2 * toFloat64(variance) / toFloat64(users));
