"""Starting templates: a whole contest of each kind of activity, set up in one act."""
