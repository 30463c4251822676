-- The round of run ?1: its account, then what it said of records without replacing them.
SELECT 'round' AS what, source_id AS a, kind AS b, entry AS c, changed_on AS d, rows_read AS e, added AS f,
       changed AS g, same AS h, older AS i, gone AS j, rejected AS k, first_at AS l, last_at AS m
FROM catch_up WHERE source_id IN (SELECT id FROM source WHERE run_id = ?1)
UNION ALL
SELECT 'said again', line, kind, record_id, changed_at, 0, 0, 0, 0, 0, 0, 0, NULL, NULL
FROM catch_up_row WHERE source_id IN (SELECT id FROM source WHERE run_id = ?1) AND what = 3
UNION ALL
SELECT 'gone', line, kind, 0, changed_at, 0, 0, 0, 0, 0, 0, 0, key, NULL
FROM record_gone WHERE source_id IN (SELECT id FROM source WHERE run_id = ?1)
ORDER BY 1, 2, 3;
