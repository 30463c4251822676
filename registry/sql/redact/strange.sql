-- Columns that nobody has thought about: a copy is not made while there is one. Each table with the columns
-- that redact knows how to treat, or knows to be public.
WITH known (name, columns) AS (VALUES
    ('run', ' id command program_version plan_hash actor started_at ended_at state checkpoint_kind checkpoint_id '),
    ('source', ' id kind name sha256 bytes encoding crs transform accuracy_m as_of columns rows_read rows_stored rows_rejected notes run_id '),
    ('reject', ' source_id line column_name reason '),
    ('unit', ' id code kind name district_code district_kind district_name province_code province_name valid_from valid_to area_km2 population lon lat resolution clause source_id source_line '),
    ('district_alias', ' id former_code former_name province_code last_day resolution successor_code successor_name source_id source_line '),
    ('decree', ' id number province_code effective_on source_id '),
    ('clause', ' decree_id number text '),
    ('decree_note', ' id decree_id severity key clause message '),
    ('edge', ' id decree_id old_unit new_unit part scope clause basis source_id '),
    ('layer', ' id source_id name as_of synthetic '),
    ('layer_unit', ' id layer_id line code name kind unit_id area_km2 geom '),
    ('record_kind', ' id name '),
    ('address', ' id source_id line key text old_code lon lat error_m raw '),
    ('household', ' id source_id line key address_key text old_code residence_file raw '),
    ('member', ' id source_id line key household_key is_head address_key '),
    ('parcel', ' id source_id line key old_code sheet number lon lat error_m raw '),
    ('dossier', ' id source_id line key procedure_code received_on due_on received_raw due_raw status intake_unit handling_unit text parcel_key lon lat error_m household_key raw field head_office system roles '),
    ('verdict_row', ' kind record_id status method reason new_unit old_unit edge_id candidates warnings border_m queue flags run_id probabilities point_unit rule_id entry seal '),
    ('decision', ' id kind record_key new_code actor decided_on reason evidence approved_by run_id '),
    ('finding', ' id rule severity subject_kind subject_key unit_id other_unit_id value_found value_expected lon lat geom run_id '),
    ('sheet_number', ' old_unit old_sheet new_unit new_sheet run_id '),
    ('file_number', ' household_id new_unit new_file run_id '),
    ('split_rule', ' id origin state old_unit new_unit street side number_from number_to alley hamlet sheet source support purity stated_on why source_id source_line run_id '),
    ('case_rule', ' id rule applies_from applies_to province_code text citation text_vi citation_vi configurable source_id source_line '),
    ('procedure_row', ' id code field name province_code place level_before level_after rules basis source_id source_line '),
    ('office', ' id old_id new_id unit_code name starts_on source_id source_line '),
    ('dossier_alias', ' alias dossier_key system source_id source_line '),
    ('ledger', ' id run_id operation subject from_kind from_id to_kind to_id rows digest ended ended_digest hash '),
    ('verdict_taken', ' kind record_id ended_by '),
    ('verdict_unit', ' entry side unit_id kind ids '),
    ('verdict_row_past', ' kind record_id status method reason new_unit old_unit edge_id candidates warnings border_m queue flags run_id probabilities point_unit rule_id entry seal ended_by '),
    ('control_total', ' source_id column_name filled sum '),
    ('decision_rule', ' id rule applies_from applies_to condition most persons text citation source_id source_line '),
    ('stage_step', ' id stage before conditions reason evidence evidence_sha256 run_id '),
    ('signer_event', ' id what name public_key needs reason change run_id '),
    ('run_signature', ' run_id position subject name public_key signature '),
    ('decision_voice', ' id kind record_key new_code actor actor_key decided_on reason evidence override candidates rules needs list_id list_row run_id '),
    ('decision_past', ' id what kind record_key new_code actor approved_by decided_on reason evidence ended ended_by ended_on ended_why made_by run_id '),
    ('officer', ' unit_code kind name run_id ')),
spatial (name) AS (VALUES
    ('spatial_ref_sys'),
    ('spatialite_history'), ('sqlite_sequence'), ('geometry_columns'), ('spatial_ref_sys_aux'), ('views_geometry_columns'), 
    ('virts_geometry_columns'), ('geometry_columns_statistics'), ('views_geometry_columns_statistics'), ('virts_geometry_columns_statistics'), ('geometry_columns_field_infos'), 
    ('views_geometry_columns_field_infos'), ('virts_geometry_columns_field_infos'), 
    ('geometry_columns_time'), ('geometry_columns_auth'), ('views_geometry_columns_auth'), ('virts_geometry_columns_auth'), ('data_licenses'), ('sql_statements_log'), ('SpatialIndex'), ('ElementaryGeometries'), ('KNN'), ('KNN2'))
SELECT t.name || '.' || c.name
FROM sqlite_schema t, pragma_table_xinfo(t.name) c
LEFT JOIN known k ON k.name = t.name
WHERE t.type = 'table' AND t.name NOT IN (SELECT name FROM spatial) AND t.name NOT LIKE 'idx\_%' ESCAPE '\'
  AND (k.name IS NULL OR instr(k.columns, ' ' || c.name || ' ') = 0)
ORDER BY 1;
