INSERT INTO unit (code, kind, name, district_code, district_kind, district_name, province_code,
                  province_name, valid_from, valid_to, area_km2, population, lon, lat, resolution,
                  clause, source_id, source_line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18);
