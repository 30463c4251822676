-- A row when verdicts stand that no list of units knows: from before there were lists.
SELECT 1 FROM verdict_unit WHERE entry = 0 LIMIT 1;
