-- Keys that are encrypted under a key-encryption key, which is not in the database. Read by H2 and
-- by PostgreSQL.

create table wrapped_keys (
  id varchar(32) not null,
  purpose varchar(8) not null,
  tenant varchar(64) not null,
  kek varchar(200) not null,
  wrapped bytea not null,
  created_at timestamp(6) with time zone not null,
  primary key (id, purpose)
);

create index wrapped_keys_of_tenant on wrapped_keys (tenant, purpose, created_at desc);

-- Values of before were encrypted under a key of the seed alone, by versions that were never released.
delete from key_servers;
delete from webhooks;
delete from mps_callbacks;
update job_details set sealed = null;
