"""Small gazetteers, as data: countries, regions, donors, organisations, currencies."""
