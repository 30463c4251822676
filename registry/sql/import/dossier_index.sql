-- As the schema has it. A key that stands twice makes it fail.
CREATE UNIQUE INDEX IF NOT EXISTS dossier_key ON dossier (key);
