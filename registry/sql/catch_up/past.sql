-- What is about to be replaced goes to the past; ?1: entry of the ledger.
INSERT INTO address_past
SELECT a.*, ?1
FROM temp.taken x CROSS JOIN main.address a ON a.id = x.record_id
WHERE x.what = 2;
