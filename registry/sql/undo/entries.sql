-- The entries that gave verdicts: whether they are of an undo, and whether they ended others.
SELECT id, operation = 'undo', ended > 0 FROM ledger
WHERE operation IN ('merge', 'merge end', 'undo', 'redo')
ORDER BY id;
