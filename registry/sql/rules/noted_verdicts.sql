-- All verdicts, for the one pass that they get.
SELECT kind, record_id, method, reason, new_unit, old_unit, warnings, flags, queue IS NOT NULL
FROM verdict;
