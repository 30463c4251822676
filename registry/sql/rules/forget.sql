-- The earlier findings of rule ?1 go; its new ones take their place.
DELETE FROM finding WHERE rule = ?1;
