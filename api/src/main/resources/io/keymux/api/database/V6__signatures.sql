-- Signatures of requests that change something, until they are too old to be sent again. Read by H2
-- and by PostgreSQL.

create table seen_signatures (
  signature varchar(64) primary key,
  until timestamp(6) with time zone not null
);

create index seen_signatures_by_age on seen_signatures (until);
