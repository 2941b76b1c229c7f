SELECT arrayJoin(['', 'plain', 'ünïcödé 🎉', 'quote '' and "double"', 'tab\tnewline\n', '''; DROP TABLE events', 'zero \0 byte', '\xFF\xFE'])::String AS string,
    toFixedString(substring(string, 1, 4), 16) AS fixed
