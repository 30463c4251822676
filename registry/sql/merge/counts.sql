-- The records of each kind and the verdicts, counted anew.
SELECT (SELECT count(*) FROM address), (SELECT count(*) FROM household),
       (SELECT count(*) FROM parcel), (SELECT count(*) FROM dossier),
       (SELECT count(*) FROM verdict);
