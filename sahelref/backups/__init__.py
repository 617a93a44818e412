"""Backups that prove themselves: read by the commands backup, verify_backup and restore.

files      what a backup is on disk: its manifest and checksums, written and read again
contents   what a database holds: rows and a digest of each table, the head of the chain
programs   PostgreSQL's own pg_dump and pg_restore
making     dumps, proves the dump in a scratch database, and puts the whole in place
restoring  fills an empty database
"""
