-- Rows that the importers stored, by kind: for progress only.
SELECT ifnull(sum(rows_stored), 0)
FROM source
WHERE kind IN ('addresses', 'households', 'parcels', 'cases', 'reports', 'documents', 'accounts');
