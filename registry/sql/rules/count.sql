-- How many findings rule ?1 has.
SELECT count(*) FROM finding WHERE rule = ?1;
