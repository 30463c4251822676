-- What records were before is of no use to a copy.
DELETE FROM address_past;
