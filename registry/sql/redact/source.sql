-- Names of files of records may name people or offices; the law's stay.
UPDATE source SET name = 'file ' || id, columns = NULL, notes = NULL
WHERE kind NOT IN ('units', 'aliases', 'district-aliases', 'crosswalk', 'decree', 'layer', 'case-rules', 'procedures');
