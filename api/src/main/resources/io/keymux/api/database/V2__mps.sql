-- Of the MPS-compatible endpoint. Read by H2 and by PostgreSQL.

-- A task as answers show it; how far it is follows from its jobs.
create table mps_tasks (
  id varchar(100) primary key,
  tenant varchar(64) not null,
  created_at timestamp(6) with time zone not null,
  task varchar(1000000) not null
);

create index mps_tasks_of_tenant on mps_tasks (tenant, id desc);
create index mps_tasks_by_age on mps_tasks (created_at);

-- Which session ids are taken.
create table mps_sessions (
  tenant varchar(64) not null,
  session_id varchar(50) not null,
  created_at timestamp(6) with time zone not null,
  primary key (tenant, session_id)
);

create index mps_sessions_by_age on mps_sessions (created_at);

-- Who is still to be told of a task. The receiver holds secrets, so it is encrypted.
create table mps_callbacks (
  task_id varchar(100) primary key references mps_tasks (id) on delete cascade,
  receiver bytea not null,
  told varchar(1000) not null,
  failures integer not null,
  due_at timestamp(6) with time zone not null
);

create index mps_callbacks_due on mps_callbacks (due_at);

-- Lower numbers are presets.
create sequence mps_definitions start with 100001;

create table mps_templates (
  definition bigint primary key,
  tenant varchar(64) not null,
  draft varchar(1000000) not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null
);

create index mps_templates_of_tenant on mps_templates (tenant, definition);
