-- How many findings each rule has, and how many of them have a place.
SELECT rule, count(*), sum(lon IS NOT NULL) FROM finding GROUP BY rule ORDER BY rule;
