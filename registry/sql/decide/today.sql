-- The day of a decision for which none was stated.
SELECT date('now', 'localtime');
