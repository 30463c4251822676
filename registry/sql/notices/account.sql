-- All cases; those that change hands; those that wait for a decision of the city, for their place.
SELECT count(*), ifnull(sum(flags >> 13 & 1), 0), ifnull(sum(queue = 'CITY_DECIDES'), 0),
       ifnull(sum(queue = 'LOCATE'), 0), ifnull(sum(flags & 3 = 2 OR flags & 3 = 3), 0)
FROM verdict WHERE kind = 4;
