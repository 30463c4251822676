-- Where the addresses lie that are located.
SELECT lon, lat FROM address WHERE lon IS NOT NULL AND lat IS NOT NULL;
