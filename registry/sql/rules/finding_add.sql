-- One finding: ?1 rule, ?2 severity, ?3 run, ?4 subject kind, ?5 subject key, ?6 unit, ?7 other unit,
-- ?8 found, ?9 expected, ?10 lon, ?11 lat, ?12 WKB.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat, geom)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ST_GeomFromWKB(?12, 4326));
