-- Key and place of the address ?1.
SELECT key, lon, lat FROM address WHERE id = ?1;
