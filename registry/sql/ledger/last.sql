-- The newest entry: its number and hash.
SELECT id, hash FROM ledger ORDER BY id DESC LIMIT 1;
