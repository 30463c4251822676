-- What is so now, without by which run and entry it is so, in the order of records. ?1: bits of the flags that do
-- not count.
SELECT kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates, warnings, border_m,
       queue, flags & ~?1, probabilities, point_unit, rule_id
FROM verdict
ORDER BY kind, record_id;
