SELECT id FROM run WHERE command = 'merge' AND state = 'running' LIMIT 1;
