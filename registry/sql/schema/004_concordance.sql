-- Numbers that follow the units (docs/decisions/0045-concordances.md). A number once given stays.
CREATE TABLE sheet_number (     -- tờ bản đồ: an old unit's sheet, as the new unit numbers it
    old_unit  INTEGER NOT NULL REFERENCES unit (id),
    old_sheet TEXT NOT NULL,
    new_unit  INTEGER NOT NULL REFERENCES unit (id),
    new_sheet TEXT NOT NULL,
    run_id    INTEGER NOT NULL REFERENCES run (id),
    PRIMARY KEY (old_unit, old_sheet, new_unit)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sheet_number_new ON sheet_number (new_unit, new_sheet);

CREATE TABLE file_number (      -- số hồ sơ cư trú: a household's file, as the new unit numbers it
    household_id INTEGER PRIMARY KEY REFERENCES household (id),
    new_unit     INTEGER NOT NULL REFERENCES unit (id),
    new_file     TEXT NOT NULL,
    run_id       INTEGER NOT NULL REFERENCES run (id)
) STRICT;
CREATE UNIQUE INDEX file_number_new ON file_number (new_unit, new_file);
