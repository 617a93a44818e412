-- The four roles and the database, for psql and an administrator of the server. Run again, it
-- changes nothing that is right. `manage.py roles` puts the names and settings around this file;
-- the embedded server runs it at each start. What the roles may do with tables is granted by
-- `migrate` (apps/revisions/rights.py).

SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY[:'owner', :'app', :'reader', :'backup']) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- CREATEDB is for what is made to be thrown away: the scratch database that proves a backup, tests.
ALTER ROLE :"owner" LOGIN CREATEDB NOCREATEROLE;
ALTER ROLE :"app" LOGIN NOCREATEDB NOCREATEROLE CONNECTION LIMIT 40;
ALTER ROLE :"reader" LOGIN NOCREATEDB NOCREATEROLE CONNECTION LIMIT 60;
ALTER ROLE :"backup" LOGIN NOCREATEDB NOCREATEROLE CONNECTION LIMIT 5;

-- The owner may act as each of them, and end their queries.
GRANT :"app", :"reader", :"backup" TO :"owner";

-- Who is no superuser makes a database for a role only as a member of it.
SELECT format('GRANT %I TO %I', :'owner', current_user)
 WHERE NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
\gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database')
\gexec

-- By default everybody may connect to any database and make temporary tables in it.
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"app", :"reader", :"backup";
