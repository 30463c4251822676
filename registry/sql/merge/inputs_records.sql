-- What a plan depends on: records.
SELECT id, kind, sha256, as_of, rows_stored, crs, columns, notes
FROM source
WHERE kind IN ('addresses', 'households', 'members', 'parcels', 'cases', 'reports', 'documents', 'accounts')
ORDER BY id;
