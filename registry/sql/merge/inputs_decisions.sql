-- What a plan depends on: decisions.
SELECT kind, record_key, new_code FROM decision ORDER BY kind, record_key;
