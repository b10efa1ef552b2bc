-- Read by H2 and by PostgreSQL: no type, function or clause that one of them lacks.

-- A row for each tenant that ever sent a job: locked while its next jobs are chosen.
create table tenants (
  name varchar(64) primary key
);

-- What changes while a job runs. Every write of a worker names the attempt that it works for.
-- Those that wait for a time are marked, so that they are not looked at each time one is chosen.
create table jobs (
  id varchar(28) primary key,
  tenant varchar(64) not null,
  priority integer not null,
  state varchar(16) not null,
  attempt integer not null,
  tries integer not null,
  created_at timestamp(6) with time zone not null,
  start_at timestamp(6) with time zone,
  not_before timestamp(6) with time zone,
  later boolean not null,
  started_at timestamp(6) with time zone,
  finished_at timestamp(6) with time zone,
  released boolean not null,
  cancel_requested boolean not null,
  percent integer not null,
  stage varchar(16) not null,
  bytes bigint not null,
  total_bytes bigint not null,
  eta_seconds integer,
  last_event bigint not null
);

-- Lists are from the newest to the oldest; one of the two databases does not read an index backwards.
create index jobs_of_tenant on jobs (tenant, id desc);
create index jobs_by_state on jobs (tenant, state, id desc);
create index jobs_waiting on jobs (tenant, released, state, later, priority desc, id);
create index jobs_later on jobs (later, not_before);
create index jobs_released on jobs (released);
create index jobs_finished on jobs (finished_at);

-- What a job was asked for and how it ended; written once each.
create table job_details (
  job_id varchar(28) primary key references jobs (id) on delete cascade,
  spec varchar(1000000) not null,
  sealed bytea,
  output varchar(4096) not null,
  retry_of varchar(28),
  problem varchar(1000000)
);

create table job_events (
  job_id varchar(28) not null references jobs (id) on delete cascade,
  id bigint not null,
  at timestamp(6) with time zone not null,
  type varchar(16) not null,
  data varchar(1000000) not null,
  primary key (job_id, id)
);

-- Which job an idempotency key made.
create table submissions (
  tenant varchar(64) not null,
  idempotency_key varchar(255) not null,
  body_hash varchar(64) not null,
  job_id varchar(28) not null,
  created_at timestamp(6) with time zone not null,
  primary key (tenant, idempotency_key)
);

create index submissions_by_age on submissions (created_at);

-- The table of db-scheduler, with its names.
create table scheduled_tasks (
  task_name varchar(100) not null,
  task_instance varchar(100) not null,
  task_data bytea,
  execution_time timestamp(6) with time zone not null,
  picked boolean not null,
  picked_by varchar(50),
  last_success timestamp(6) with time zone,
  last_failure timestamp(6) with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp(6) with time zone,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);

create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time);
