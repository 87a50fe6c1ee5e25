"""Documents of a competition or of one event (规程, 技术文件 …), in versions, withdrawn with a reason."""
