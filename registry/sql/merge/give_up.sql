-- Unfinished merges whose verdicts are replaced.
UPDATE run SET state = 'undone' WHERE command = 'merge' AND state = 'running';
