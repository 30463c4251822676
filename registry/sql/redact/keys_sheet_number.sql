-- Sorted by what is no index: all is read before the first row is changed.
SELECT old_unit || ' ' || new_unit || ' ' || old_sheet, old_sheet, new_sheet FROM sheet_number ORDER BY 1 || '', 2 || '';
