-- What a person decided about the record of kind ?1 and key ?2.
SELECT actor, decided_on, reason FROM decision WHERE kind = ?1 AND record_key = ?2;
