-- Before many rows whose keys come in no order; dossier_index.sql ends it, in the same transaction.
DROP INDEX dossier_key;
