-- From which old unit to which new unit the law leads.
SELECT old_unit, new_unit FROM edge ORDER BY old_unit, new_unit;
