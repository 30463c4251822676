DROP TABLE temp.address;
