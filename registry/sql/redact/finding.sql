UPDATE finding SET value_found = NULL, value_expected = NULL, lon = NULL, lat = NULL, geom = NULL
WHERE subject_kind IN ('address', 'household', 'parcel', 'case', 'member', 'source');
