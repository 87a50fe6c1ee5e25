"""Makes the catalogue's data files from pinned packages."""
