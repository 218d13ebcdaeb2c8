"""Everything Qt: windows, pages and widgets."""
