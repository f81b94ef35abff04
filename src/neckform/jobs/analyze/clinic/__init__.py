"""A folder of recordings is a clinic's day: one page, tables, and each person over their visits."""
