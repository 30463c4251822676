SELECT unit_code, kind, name FROM officer ORDER BY unit_code, kind, name;
