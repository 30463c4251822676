SELECT province_name FROM unit WHERE id = ?1;
