SELECT sumSimpleState(number) AS simple, quantiles(0.5, 0.9)(number) AS quantiles, uniq(number) AS users FROM numbers(10)
