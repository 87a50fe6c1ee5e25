"""Public notices (公告栏): written, checked and published by the organiser, read by everybody."""
