-- A copy of the whole registry into an empty file.
VACUUM INTO ?1;
