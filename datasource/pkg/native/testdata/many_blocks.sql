SELECT number, toString(number) AS text, if(number = 2, NULL, number) AS nullable, toLowCardinality(toString(number % 2)) AS low FROM numbers(5) SETTINGS max_block_size = 2
