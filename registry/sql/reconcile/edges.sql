-- From which unit to which the law leads, of all changes.
SELECT DISTINCT old_unit, new_unit FROM edge ORDER BY old_unit, new_unit;
