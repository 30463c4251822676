-- Every stored row of a parcel, as its import added it up.
SELECT source_id, key AS id, old_code, sheet, number, lon, lat, error_m FROM parcel;
