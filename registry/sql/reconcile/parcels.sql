-- Every stored row of a parcel, as its import added it up; also those that a later file replaced.
SELECT source_id, key AS id, old_code, sheet, number, lon, lat, error_m, changed_at AS changed
FROM parcel
UNION ALL
SELECT source_id, key AS id, old_code, sheet, number, lon, lat, error_m, changed_at AS changed
FROM parcel_past;
