"""Programs for setting up, starting and looking after an installation; the product never imports them."""
