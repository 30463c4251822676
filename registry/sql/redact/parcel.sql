UPDATE parcel SET changed_at = substr(changed_at, 1, 10), raw = NULL, old_code = CASE WHEN length(old_code) <= 6 AND old_code NOT GLOB '*[^0-9]*' THEN old_code END, lon = round(lon, 2), lat = round(lat, 2),
    error_m = CASE WHEN lon IS NOT NULL THEN max(ifnull(error_m, 0), 1000) END;
