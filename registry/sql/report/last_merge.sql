-- The plan of the last merge, whether the rules have been run since, and how often each ran.
SELECT (SELECT plan_hash FROM run WHERE command LIKE 'merge%' AND state = 'done' ORDER BY id DESC LIMIT 1),
       EXISTS (SELECT 1 FROM run WHERE command = 'validate' AND state = 'done'
               AND id > ifnull((SELECT max(id) FROM run WHERE command LIKE 'merge%' AND state = 'done'), 0));
