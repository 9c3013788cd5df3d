-- Claims that became facts and are still to be read.
CREATE TABLE eligibility.medicine_work (
    reception TEXT    NOT NULL,
    ordinal   INTEGER NOT NULL,
    PRIMARY KEY (reception, ordinal)
);

-- What one claim says was given and done. Whose it is, is found out by its card whenever somebody asks.
CREATE TABLE eligibility.medicine (
    id        UUID    NOT NULL PRIMARY KEY,  -- what is sealed is bound to it
    reception TEXT    NOT NULL,
    ordinal   INTEGER NOT NULL,
    month     TEXT    NOT NULL,              -- 診療年月
    search    BYTEA   NOT NULL,              -- keyed hash of 保険者番号, 記号, 番号, 生年月日
    branch    BYTEA,                         -- keyed hash of 保険者番号, 記号, 番号, 枝番
    sealed    BYTEA   NOT NULL,
    UNIQUE (reception, ordinal)
);
CREATE INDEX medicine_search ON eligibility.medicine (search, month);
CREATE INDEX medicine_month ON eligibility.medicine (month);
