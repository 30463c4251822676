-- R02: the account of a source does not add up.
-- Found: rows in the registry; expected: rows that the import stored.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'source', s.name, NULL, NULL, CAST(s.n AS TEXT), CAST(s.rows_stored AS TEXT), NULL,
       NULL
FROM (SELECT s.id, s.name, s.rows_stored,
             CASE s.kind WHEN 'addresses' THEN (SELECT count(*) FROM address a WHERE a.source_id = s.id) + s.past
                         WHEN 'households' THEN (SELECT count(*) FROM household a WHERE a.source_id = s.id) + s.past
                         WHEN 'members' THEN (SELECT count(*) FROM member a WHERE a.source_id = s.id) + s.past
                         WHEN 'parcels' THEN (SELECT count(*) FROM parcel a WHERE a.source_id = s.id) + s.past
                         WHEN 'cases' THEN (SELECT count(*) FROM dossier a WHERE a.source_id = s.id) + s.past
                         WHEN 'reports' THEN (SELECT count(*) FROM dossier a WHERE a.source_id = s.id) + s.past
                         WHEN 'documents' THEN (SELECT count(*) FROM dossier a WHERE a.source_id = s.id) + s.past
                         WHEN 'accounts' THEN (SELECT count(*) FROM dossier a WHERE a.source_id = s.id) + s.past
                         ELSE s.rows_stored END AS n
      FROM (SELECT *, ifnull((SELECT sum(p.n) FROM past_count p WHERE p.source_id = source.id), 0) AS past
            FROM source) s) s
WHERE s.n <> s.rows_stored
ORDER BY s.id;
