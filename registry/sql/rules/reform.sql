-- The eve of the reform and its day; needs rules/begin.
SELECT eve, day FROM temp.reform;
