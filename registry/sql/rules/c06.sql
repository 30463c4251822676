-- C06: dossier codes that are not well formed.
-- Found: the code is the key itself; expected: the day of receipt in its form, where it is known.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'case', d.key, NULL, NULL, NULL,
       CASE WHEN d.received_on IS NULL THEN '-YYMMDD-'
            ELSE '-' || substr(d.received_on, 3, 2) || substr(d.received_on, 6, 2)
                 || substr(d.received_on, 9, 2) || '-' END, d.lon, d.lat
FROM dossier d
WHERE ifnull(d.system, '') NOT IN ('1022', 'documents', 'accounts') -- these have numbers of their own
  AND (NOT (d.key GLOB '[0-9][0-9][0-9].[0-9][0-9].[0-9][0-9].[A-Z][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]*'
           OR d.key GLOB '[A-Z][0-9][0-9]*-[0-9][0-9][0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]*')
   OR (d.received_on IS NOT NULL
       AND instr(d.key, '-' || substr(d.received_on, 3, 2) || substr(d.received_on, 6, 2)
                        || substr(d.received_on, 9, 2) || '-') = 0))
ORDER BY d.id;
