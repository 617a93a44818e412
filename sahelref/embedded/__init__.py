"""The PostgreSQL server that comes with the checkout, used when DATABASE_URL is not set.

paths       where its files are
accounts    which system user runs it, and what that user may enter
children    starting programs as that user, so that they end when we do
cluster     making, configuring and starting it; its roles are in sahelref/roles.sql
strays      what a crash left running
supervisor  keeps it running while a process needs it
commands    gives `manage.py` commands a running server
"""
