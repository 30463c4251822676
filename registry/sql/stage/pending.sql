-- Records that no merge has seen as they are: without a verdict, and none that was taken back.
SELECT (SELECT count(*) FROM address a WHERE NOT EXISTS (SELECT 1 FROM verdict_row v WHERE v.kind = 1 AND v.record_id = a.id))
     + (SELECT count(*) FROM household a WHERE NOT EXISTS (SELECT 1 FROM verdict_row v WHERE v.kind = 2 AND v.record_id = a.id))
     + (SELECT count(*) FROM parcel a WHERE NOT EXISTS (SELECT 1 FROM verdict_row v WHERE v.kind = 3 AND v.record_id = a.id))
     + (SELECT count(*) FROM dossier a WHERE NOT EXISTS (SELECT 1 FROM verdict_row v WHERE v.kind = 4 AND v.record_id = a.id));
