-- Earlier names of districts, with the code of the district that they are in now.
SELECT successor_code, former_name FROM district_alias ORDER BY id;
