"""Small widgets shared by pages and room."""
