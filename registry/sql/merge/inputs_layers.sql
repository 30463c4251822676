-- What a plan depends on: layers.
SELECT l.id, l.name, l.as_of, l.synthetic, s.sha256
FROM layer l JOIN source s ON s.id = l.source_id ORDER BY l.id;
