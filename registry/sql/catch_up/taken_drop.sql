DROP TABLE temp.taken;
