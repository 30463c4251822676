-- Record ?2 of kind ?1.
SELECT ?1, ?2;
