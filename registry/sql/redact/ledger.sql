-- Subjects name files and keys. The chain does not hold in a copy: its rows are not those that were written.
UPDATE ledger SET subject = '';
