-- Claims that became facts and are still to be read.
CREATE TABLE eligibility_medicine_work (
    reception TEXT    NOT NULL,
    ordinal   INTEGER NOT NULL,
    PRIMARY KEY (reception, ordinal)
) WITHOUT ROWID;

-- What one claim says was given and done. Whose it is, is found out by its card whenever somebody asks.
CREATE TABLE eligibility_medicine (
    id        TEXT    NOT NULL PRIMARY KEY,  -- what is sealed is bound to it
    reception TEXT    NOT NULL,
    ordinal   INTEGER NOT NULL,
    month     TEXT    NOT NULL,              -- 診療年月
    search    BLOB    NOT NULL,              -- keyed hash of 保険者番号, 記号, 番号, 生年月日
    branch    BLOB,                          -- keyed hash of 保険者番号, 記号, 番号, 枝番
    sealed    BLOB    NOT NULL,
    UNIQUE (reception, ordinal)
);
CREATE INDEX eligibility_medicine_search ON eligibility_medicine (search, month);
CREATE INDEX eligibility_medicine_month ON eligibility_medicine (month);
