-- What an entry's hash takes from the row of its run.
SELECT command, program_version, plan_hash, actor FROM run WHERE id = ?1;
