"""Runs the statements of calls.sql on SQLite: records in, one JSON object a line; what the table then says out."""
import json
import sqlite3
import sys

create, upsert, calls, find = [part for part in open(sys.argv[1]).read().split(";") if part.strip()]
database = sqlite3.connect(":memory:")
database.execute(create)
keys = {}
for line in sys.stdin:
    record = json.loads(line)
    database.execute(upsert, record)
    keys[record["account_id"], record["call_id"]] = {name: record[name] for name in ("account_id", "call_id")}
for (record,) in sorted(database.execute(calls)):
    print("call", record)
for key in keys.values():
    for (record,) in database.execute(find, key):
        print("found", key["call_id"], record)
