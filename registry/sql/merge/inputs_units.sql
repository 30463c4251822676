-- What a plan depends on: units.
SELECT id, code, kind, name, district_code, district_kind, district_name, province_code, province_name,
       valid_from, valid_to, area_km2, population
FROM unit ORDER BY id;
