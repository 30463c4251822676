-- Cases whose intake is at the city's centre (R14: bit 21).
SELECT count(*) FROM verdict WHERE kind = 4 AND flags >> 21 & 1;
