-- How many findings rule ?1 has, and how many of them are warnings or errors.
SELECT count(*), ifnull(sum(severity > 1), 0) FROM finding WHERE rule = ?1;
