-- A later table takes the place of this one.
DELETE FROM procedure_row;
