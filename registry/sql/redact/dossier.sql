UPDATE dossier SET changed_at = substr(changed_at, 1, 10), raw = NULL, received_raw = NULL, due_raw = NULL, head_office = NULL, roles = NULL, field = NULL,
    procedure_code = CASE WHEN length(procedure_code) <= 32
        AND procedure_code NOT GLOB '*[^0-9A-Za-z.-]*' THEN procedure_code END,
    system = CASE WHEN system IN ('1022', 'documents', 'accounts') THEN system END,
    intake_unit = CASE WHEN length(intake_unit) <= 24 AND intake_unit NOT GLOB '*[^0-9A-Z.]*' THEN intake_unit END, handling_unit = CASE WHEN length(handling_unit) <= 24 AND handling_unit NOT GLOB '*[^0-9A-Z.]*' THEN handling_unit END, lon = round(lon, 2), lat = round(lat, 2),
    error_m = CASE WHEN lon IS NOT NULL THEN max(ifnull(error_m, 0), 1000) END,
    text = (SELECT upper(substr(u.kind, 1, 1)) || substr(u.kind, 2) || ' ' || u.name
               || ifnull(', ' || u.district_kind || ' ' || u.district_name, '')
        FROM verdict v JOIN unit u ON u.id = v.old_unit WHERE v.kind = 4 AND v.record_id = dossier.id);
