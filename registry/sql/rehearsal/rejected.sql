-- How many rows of records were not taken.
SELECT ifnull(sum(rows_rejected), 0)
FROM source
WHERE kind IN ('addresses', 'households', 'parcels', 'cases', 'reports', 'documents', 'accounts');
