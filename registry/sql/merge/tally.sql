-- The verdicts that are stored, by kind and status.
SELECT kind, status, count(*) FROM verdict GROUP BY kind, status ORDER BY kind, status;
