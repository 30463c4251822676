-- Key and place of the parcel ?1.
SELECT key, lon, lat FROM parcel WHERE id = ?1;
