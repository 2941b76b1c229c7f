SELECT arrayJoin(['12:34:56', '-01:00:01', '123:00:00'])::Time AS time, time::Time64(3) AS time64 SETTINGS enable_time_time64_type = 1
