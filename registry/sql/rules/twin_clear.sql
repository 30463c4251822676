-- Begins another search for rows that agree.
DELETE FROM temp.twin;
