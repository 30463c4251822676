-- Distances to a border would tell where a point was.
UPDATE verdict_row SET border_m = round(border_m / 500) * 500 WHERE border_m IS NOT NULL;
