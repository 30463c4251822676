INSERT INTO district_alias (former_code, former_name, province_code, last_day, resolution,
                            successor_code, successor_name, source_id, source_line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
