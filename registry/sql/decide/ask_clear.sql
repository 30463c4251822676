DELETE FROM temp.asked;
