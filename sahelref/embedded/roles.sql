-- Run by psql as the superuser each time the embedded server is started: what stands here holds.
-- The settings of the roles (search_path, timeouts) are added from sahelref/databases.py.

SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY['sahelref', 'sahelref_reader']) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- CREATEDB is for the tests, which make and drop databases of their own.
ALTER ROLE sahelref LOGIN CREATEDB NOSUPERUSER NOCREATEROLE;
ALTER ROLE sahelref_reader LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE CONNECTION LIMIT 60;

-- The owner may act as the reader, and end its queries.
GRANT sahelref_reader TO sahelref;

SELECT 'CREATE DATABASE sahelref OWNER sahelref'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'sahelref')
\gexec

-- By default everybody may connect to any database and make temporary tables in it.
REVOKE ALL ON DATABASE postgres, template1, sahelref FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO sahelref;
GRANT CONNECT ON DATABASE sahelref TO sahelref_reader;
