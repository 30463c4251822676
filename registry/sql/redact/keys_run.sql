SELECT id, actor FROM run ORDER BY id;
