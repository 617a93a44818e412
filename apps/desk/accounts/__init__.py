"""Accounts of the desk: second factors, sessions, invitations."""
