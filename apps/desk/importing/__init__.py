"""Tables in and out of the desk: CSV and XLSX files, what they would change, and changing it."""
