"""Statistical returns (统计报表): filled by each union, checked, sent to the union above, added up there."""
