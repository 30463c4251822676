-- Units in force on day ?1; all of all days when ?1 is NULL. In the order of noi_unit_row.
SELECT id, code, kind, name, district_code, district_kind, district_name, province_code,
       province_name, valid_from, valid_to, area_km2, population, lon, lat, resolution, clause
FROM unit
WHERE ?1 IS NULL
   OR ((valid_from IS NULL OR valid_from <= ?1) AND (valid_to IS NULL OR valid_to > ?1))
ORDER BY id;
