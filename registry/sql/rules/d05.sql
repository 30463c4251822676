-- D05: decisions whose record was replaced behind them, in what a person goes by: text, codes, point. What the
-- person saw is the version that the first round behind the decision put into the past.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
WITH decided AS (
    SELECT d.kind, d.record_key, d.decided_on,
           ifnull((SELECT max(l.id) FROM ledger l WHERE l.run_id = d.run_id), 0) AS entry
    FROM decision d
)
SELECT ?1, ?2, ?3, k.name, d.record_key, NULL, NULL, c.changed_at, d.decided_on, NULL, NULL
FROM decided d
JOIN record_kind k ON k.id = d.kind
JOIN (
    SELECT 1 AS kind, a.id, a.key, a.changed_at, p.ended_by, (SELECT min(x.ended_by) FROM address_past x
           WHERE x.id = a.id AND x.ended_by > d.entry) AS first_end, d.record_key
    FROM decided d JOIN address a ON d.kind = 1 AND a.key = d.record_key JOIN address_past p ON p.id = a.id
    WHERE p.text IS NOT a.text OR p.old_code IS NOT a.old_code OR p.lon IS NOT a.lon OR p.lat IS NOT a.lat
    UNION ALL
    SELECT 2, a.id, a.key, a.changed_at, p.ended_by, (SELECT min(x.ended_by) FROM household_past x
           WHERE x.id = a.id AND x.ended_by > d.entry), d.record_key
    FROM decided d JOIN household a ON d.kind = 2 AND a.key = d.record_key JOIN household_past p ON p.id = a.id
    WHERE p.text IS NOT a.text OR p.old_code IS NOT a.old_code OR p.address_key IS NOT a.address_key
    UNION ALL
    SELECT 3, a.id, a.key, a.changed_at, p.ended_by, (SELECT min(x.ended_by) FROM parcel_past x
           WHERE x.id = a.id AND x.ended_by > d.entry), d.record_key
    FROM decided d JOIN parcel a ON d.kind = 3 AND a.key = d.record_key JOIN parcel_past p ON p.id = a.id
    WHERE p.old_code IS NOT a.old_code OR p.sheet IS NOT a.sheet OR p.number IS NOT a.number
       OR p.lon IS NOT a.lon OR p.lat IS NOT a.lat
    UNION ALL
    SELECT 4, a.id, a.key, a.changed_at, p.ended_by, (SELECT min(x.ended_by) FROM dossier_past x
           WHERE x.id = a.id AND x.ended_by > d.entry), d.record_key
    FROM decided d JOIN dossier a ON d.kind = 4 AND a.key = d.record_key JOIN dossier_past p ON p.id = a.id
    WHERE p.text IS NOT a.text OR p.intake_unit IS NOT a.intake_unit OR p.handling_unit IS NOT a.handling_unit
       OR p.lon IS NOT a.lon OR p.lat IS NOT a.lat OR p.parcel_key IS NOT a.parcel_key
       OR p.household_key IS NOT a.household_key
) c ON c.kind = d.kind AND c.record_key = d.record_key AND c.ended_by = c.first_end
ORDER BY d.kind, d.record_key;
