-- How many verdicts are not assigned, and how many there are.
SELECT sum(status IN (2, 3)), count(*) FROM verdict;
