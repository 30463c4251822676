-- Entry ?1 of the ledger: its operation.
SELECT operation FROM ledger WHERE id = ?1;
