-- A layer that draws one side of the reform: ?1 side (0 old, 1 new), ?2 layer, ?3 synthetic.
INSERT INTO temp.drawn VALUES (?1, ?2, ?3);
