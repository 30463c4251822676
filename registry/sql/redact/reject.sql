DELETE FROM reject;
