-- ?8 is the shape as WKB, NULL for a feature without one.
INSERT INTO layer_unit (layer_id, line, code, name, kind, unit_id, area_km2, geom)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, CastToMulti(ST_GeomFromWKB(?8, 4326)));
