-- The text becomes the old ward that was read; points keep two decimals (about 1 km).
UPDATE address SET changed_at = substr(changed_at, 1, 10), raw = NULL, old_code = CASE WHEN length(old_code) <= 6 AND old_code NOT GLOB '*[^0-9]*' THEN old_code END, lon = round(lon, 2), lat = round(lat, 2),
    error_m = CASE WHEN lon IS NOT NULL THEN max(ifnull(error_m, 0), 1000) END,
    text = (SELECT upper(substr(u.kind, 1, 1)) || substr(u.kind, 2) || ' ' || u.name
               || ifnull(', ' || u.district_kind || ' ' || u.district_name, '')
        FROM verdict v JOIN unit u ON u.id = v.old_unit WHERE v.kind = 1 AND v.record_id = address.id);
