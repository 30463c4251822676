-- How many findings rule ?1 has, and how many of them have a place.
SELECT count(*), ifnull(sum(lon IS NOT NULL), 0) FROM finding WHERE rule = ?1;
