-- The run of the newest merge.
SELECT max(run_id) FROM ledger WHERE operation = 'merge end';
