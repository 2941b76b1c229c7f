SELECT (1, 2)::Point AS point, [(0, 0), (1, 1)]::Ring AS ring, [[(0, 0), (1, 1)]]::Polygon AS polygon, [(0, 0), (1, 1)]::LineString AS line
