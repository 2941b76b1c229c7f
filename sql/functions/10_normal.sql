-- The standard normal distribution.
--
-- Arguments of every function here are bound by arrayMap before a lambda uses them, since a SQL function is expanded as
-- text: an argument inside a lambda would be computed again and could meet a name of the lambda. NaN in gives NaN out.

-- P(X <= x). Source: definition by the complementary error function.
CREATE OR REPLACE FUNCTION suuupra_normal_cdf AS (x) -> erfc(-toFloat64(x) / sqrt(2)) / 2;

-- Two-sided p-value of a z statistic: P(|X| >= |z|), exact in the tail.
CREATE OR REPLACE FUNCTION suuupra_normal_two_sided_p AS (z) -> erfc(abs(toFloat64(z)) / sqrt(2));

-- The x with P(X <= x) = p, for 0 < p < 1; -inf at 0, inf at 1.
-- Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988); relative accuracy about 1e-16. In the middle it
-- is q times a rational function of 0.425^2 - q^2, outside one of the tail: coefficients from the highest power down.
CREATE OR REPLACE FUNCTION suuupra_normal_quantile AS (p) -> arrayMap(
    (prob, q, tail) -> arrayMap(
        (factor, r, above, below) -> multiIf(
            isNaN(prob) OR prob < 0 OR prob > 1, nan,
            prob = 0, -inf,
            prob = 1, inf,
            factor * arrayFold((acc, k) -> acc * r + k, above, toFloat64(0))
                / arrayFold((acc, k) -> acc * r + k, below, toFloat64(0))),
        [if(abs(q) <= 0.425, q, sign(q))],
        [multiIf(abs(q) <= 0.425, 0.180625 - q * q, tail <= 5, tail - 1.6, tail - 5)],
        [multiIf(
            abs(q) <= 0.425,
            [2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
             13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608],
            tail <= 5,
            [7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
             3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734],
            [2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
             0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772])],
        [multiIf(
            abs(q) <= 0.425,
            [5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
             5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.],
            tail <= 5,
            [1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
             0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.],
            [2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
             0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.])]
    )[1],
    [toFloat64(p)],
    [toFloat64(p) - 0.5],
    [sqrt(-log(least(toFloat64(p), 1 - toFloat64(p))))]
)[1];
