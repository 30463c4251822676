-- The split rule that decided a record, beside its verdict (docs/decisions/0035-parts-of-a-ward.md).
DROP VIEW verdict_named;
CREATE VIEW verdict_named AS
SELECT v.kind, v.record_id,
       CASE v.status WHEN 1 THEN 'assigned' WHEN 2 THEN 'ambiguous' ELSE 'unplaced' END AS status,
       v.method, v.reason, n.code AS new_code, n.kind || ' ' || n.name AS new_name,
       o.code AS old_code, o.kind || ' ' || o.name AS old_name, d.number AS resolution, e.clause,
       v.candidates, v.probabilities, v.warnings, v.border_m,
       CASE WHEN p.id IS NULL THEN NULL
            WHEN v.warnings & 12 THEN 'corrected' -- axes exchanged, or the other zone
            WHEN v.warnings & 8192 THEN 'nearest' -- in no unit
            ELSE 'inside' END AS point_says,
       p.code AS point_code, p.kind || ' ' || p.name AS point_name, v.queue, v.flags,
       v.rule_id, r.source AS rule_source
FROM verdict v
LEFT JOIN unit n ON n.id = v.new_unit
LEFT JOIN unit o ON o.id = v.old_unit
LEFT JOIN edge e ON e.id = v.edge_id
LEFT JOIN decree d ON d.id = e.decree_id
LEFT JOIN unit p ON p.id = v.point_unit
LEFT JOIN split_rule r ON r.id = v.rule_id;
