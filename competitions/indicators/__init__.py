"""The dictionary of indicators (指标): what union statistics count, in which unit, and how."""
