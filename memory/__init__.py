"""What is kept: building data, runs and evidence in PostgreSQL.

Building data: `postgres.open_pool`, `migrate.migrate`, `load.ensure_loaded`, `own_data.load_csv`,
`building_data.BuildingData`.
Looking after it: `listing.data_list`, `listing.data_check`, `building_edit.set_building`. Runs: `ledger.Ledger`.
"""
