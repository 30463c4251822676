-- Where the parcels lie that are located.
SELECT lon, lat FROM parcel WHERE lon IS NOT NULL AND lat IS NOT NULL;
