SELECT arrayJoin(['{"a": {"b": [1, 2]}, "text": "it\'s", "large": 9007199254740993}', '{}'])::JSON AS json, [json] AS array
