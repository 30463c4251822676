DROP TABLE temp.delta;
