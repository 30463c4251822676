-- Where a case's intake is since a later handover (docs/decisions/0050-rehearsals.md): bit 21 of the flags is R14.
DROP VIEW case_verdict;
CREATE VIEW case_verdict AS
SELECT d.id, d.key, d.system, d.procedure_code, d.received_on, d.due_on, d.status AS portal_status,
       d.intake_unit, CASE WHEN v.flags >> 21 & 1 THEN 'city_centre' END AS intake_after,
       d.handling_unit, d.lon, d.lat, d.error_m, v.status, v.new_code, v.new_name,
       CASE v.flags >> 4 & 7 WHEN 1 THEN 'commune' WHEN 3 THEN 'department' WHEN 4 THEN 'city_centre'
                             WHEN 5 THEN 'land_registry' WHEN 6 THEN 'police' END AS level_after,
       (SELECT group_concat('R' || n, ' ')
        FROM (WITH RECURSIVE numbers (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 24)
              SELECT n FROM numbers WHERE v.flags >> (7 + n) & 1)) AS rules,
       v.flags & 1 AS overdue_at_handover, v.flags >> 1 & 1 AS old_unit_finishes,
       v.flags >> 3 & 1 AS clock_stands_still,
       v.old_code, v.old_name, v.resolution, v.clause, v.candidates, v.probabilities, v.border_m,
       v.point_says, v.point_code, v.point_name, v.queue, v.flags
FROM dossier d
LEFT JOIN verdict_named v ON v.kind = 4 AND v.record_id = d.id;
