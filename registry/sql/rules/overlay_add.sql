-- ?1 old unit, ?2 new unit, ?3 square metres, ?4 share of the old unit, ?5 and ?6 a point inside.
-- A unit that the layer draws twice (rule L03) adds up.
INSERT INTO temp.overlay VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO UPDATE SET area_m2 = area_m2 + excluded.area_m2, share = share + excluded.share;
