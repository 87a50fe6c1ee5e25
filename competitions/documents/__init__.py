"""Documents of a competition or of one event (规程, 技术文件 …): replaced by versions, withdrawn with a reason."""
