SELECT id, subject_key FROM finding WHERE subject_kind IN ('address', 'household', 'parcel', 'case', 'member', 'source') ORDER BY id;
