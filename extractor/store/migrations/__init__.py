"""Migrations of the workspace's database, run when a workspace is opened."""
