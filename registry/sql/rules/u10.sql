-- U10: what the reading of a resolution's text had to remark. The weight is the remark's own.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, value_found, value_expected)
SELECT ?1, n.severity, ?3, 'decree',
       d.number || CASE WHEN n.clause > 0 THEN ', ' || n.clause ELSE '' END, n.message, NULL
FROM decree_note n
JOIN decree d ON d.id = n.decree_id
WHERE ?2 > 0
ORDER BY d.id, n.id;
